import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clientManagers, clients } from '../schema/client.ts';
import { members } from '../schema/organization.ts';
import { users } from '../schema/user.ts';
import { inSteps } from './in-steps.ts';

type Membership = { organizationId: string; userId: string };
type MemberRole = typeof members.$inferSelect.role;

const isMember = ({ organizationId, userId }: Membership) =>
  and(eq(members.organizationId, organizationId), eq(members.userId, userId));

export async function selectMember(db: Db, where: Membership) {
  const [row] = await db.select({ role: members.role, since: members.createdAt }).from(members).where(isMember(where));
  return row;
}

export function selectMembers(db: Db, organizationId: string) {
  return db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      disabledAt: users.disabledAt,
      role: members.role,
      since: members.createdAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.organizationId, organizationId))
    .orderBy(
      sql`array_position(array['owner', 'admin', 'developer', 'viewer'], ${members.role})`,
      asc(users.name),
      asc(users.id),
    );
}

/** The number of enabled owners of an organization, without `userId`. */
export async function countOtherOwners(db: Db, where: Membership): Promise<number> {
  const rows = await db
    .select({ userId: members.userId })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.organizationId, where.organizationId),
        eq(members.role, 'owner'),
        ne(members.userId, where.userId),
        isNull(users.disabledAt),
      ),
    );
  return rows.length;
}

/** Returns false if the person is a member already. */
export async function insertMember(db: Db, row: Membership & { role: MemberRole }): Promise<boolean> {
  const inserted = await db.insert(members).values(row).onConflictDoNothing().returning({ userId: members.userId });
  return inserted.length > 0;
}

export async function updateMemberRole(db: Db, where: Membership, role: MemberRole): Promise<void> {
  await db.update(members).set({ role }).where(isMember(where));
}

/** Deletes the membership and the person's manager rows in this organization. */
export async function deleteMember(db: Db, where: Membership): Promise<void> {
  await db.delete(members).where(isMember(where));
  const ofOrganization = db
    .select({ clientId: clients.clientId })
    .from(clients)
    .where(eq(clients.organizationId, where.organizationId));
  await inSteps(db, (db, limit) => {
    const managed = and(
      eq(clientManagers.userId, where.userId),
      sql`${clientManagers.clientId} in (${ofOrganization})`,
    );
    const some = db.select({ id: clientManagers.clientId }).from(clientManagers).where(managed).limit(limit);
    return db
      .delete(clientManagers)
      .where(and(eq(clientManagers.userId, where.userId), inArray(clientManagers.clientId, some)));
  });
}
