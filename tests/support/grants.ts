import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { artifacts } from '#db/schema/artifact';
import { grants } from '#db/schema/grant';

/** Inserts a grant's row, for tests that read it. */
export async function aGrantRow(
  db: Db,
  values: Partial<typeof grants.$inferInsert> & { userId: string; clientId: string },
): Promise<string> {
  const [row] = await db
    .insert(grants)
    .values({ scopes: ['openid', 'email', 'files:read'], ...values })
    .returning({ id: grants.id });
  if (!row) throw new Error('no grant');
  return row.id;
}

type OfGrant = { grantId: string; clientId: string; userId: string };

/** Inserts the row of a grant's token; returns its hash. */
export async function aTokenRow(
  db: Db,
  { grantId, clientId, userId }: OfGrant,
  { scope = 'openid email files:read', ...values }: Partial<typeof artifacts.$inferInsert> & { scope?: string } = {},
): Promise<string> {
  const hash = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db
    .insert(artifacts)
    .values({ hash, kind: 'AccessToken', grantId, clientId, userId, payload: { scope }, expiresAt, ...values });
  return hash;
}
