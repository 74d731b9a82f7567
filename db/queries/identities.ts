import { and, eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { identities, users } from '../schema/user.ts';

/** The user who is linked to an upstream identity. */
export async function selectIdentity(db: Db, of: { provider: string; subject: string }) {
  const [row] = await db
    .select({ userId: identities.userId, disabledAt: users.disabledAt })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, of.provider), eq(identities.subject, of.subject)));
  return row;
}

/** Returns false if the identity belongs to an account already, or the account has another identity of this provider. */
export async function insertIdentity(
  db: Db,
  row: { provider: string; subject: string; userId: string },
): Promise<boolean> {
  const inserted = await db
    .insert(identities)
    .values(row)
    .onConflictDoNothing()
    .returning({ userId: identities.userId });
  return inserted.length > 0;
}
