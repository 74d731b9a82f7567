import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clientManagers } from '../schema/client.ts';
import { members } from '../schema/organization.ts';
import { users } from '../schema/user.ts';

export function selectManagers(db: Db, clientId: string) {
  return db
    .select({ userId: users.id, name: users.name, since: clientManagers.createdAt })
    .from(clientManagers)
    .innerJoin(users, eq(users.id, clientManagers.userId))
    .where(eq(clientManagers.clientId, clientId))
    .orderBy(asc(users.name), asc(users.id));
}

/** Returns false if `userId` is not a member of the organization. */
export async function insertManager(
  db: Db,
  row: { clientId: string; userId: string; organizationId: string },
): Promise<boolean> {
  const [member] = await db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.organizationId, row.organizationId), eq(members.userId, row.userId)));
  if (!member) return false;
  await db.insert(clientManagers).values({ clientId: row.clientId, userId: row.userId }).onConflictDoNothing();
  return true;
}

export async function deleteManager(db: Db, row: { clientId: string; userId: string }): Promise<void> {
  await db
    .delete(clientManagers)
    .where(and(eq(clientManagers.clientId, row.clientId), eq(clientManagers.userId, row.userId)));
}
