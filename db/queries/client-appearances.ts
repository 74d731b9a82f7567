import { eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clientAppearances } from '../schema/client-appearance.ts';

export async function selectAppearance(db: Db, clientId: string) {
  const [row] = await db
    .select({ appearance: clientAppearances.appearance })
    .from(clientAppearances)
    .where(eq(clientAppearances.clientId, clientId));
  return row?.appearance;
}

/** The caller has locked the client's row. */
export async function upsertAppearance(db: Db, row: typeof clientAppearances.$inferInsert): Promise<void> {
  const { clientId: _, ...values } = row;
  await db
    .insert(clientAppearances)
    .values(row)
    .onConflictDoUpdate({ target: clientAppearances.clientId, set: values });
}
