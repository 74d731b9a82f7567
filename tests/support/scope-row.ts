import { scopes } from '#db/schema/scope';
import { forgetConfigured } from '#lib/kernel/configured';
import { db } from './database.ts';

/** Scopes that an operator adds to the catalogue. */
export async function aScopeRow(name: string, values: Partial<typeof scopes.$inferInsert> = {}): Promise<string> {
  const texts = { en: { title: name, description: `May do ${name}.` } };
  await db.insert(scopes).values({ name, group: 'api', access: 'read', texts, position: 1000, ...values });
  forgetConfigured('scopes');
  return name;
}
