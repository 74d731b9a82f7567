import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { invitations, members, organizations } from '../schema/organization.ts';
import { users } from '../schema/user.ts';

const columns = {
  id: invitations.id,
  organizationId: invitations.organizationId,
  email: invitations.email,
  role: invitations.role,
  expiresAt: invitations.expiresAt,
  createdAt: invitations.createdAt,
};

const isOpen = isNull(invitations.consumedAt);

/** Replaces an open invitation of the same address to the same organization; the old link stops working. */
export async function replaceInvitation(db: Db, row: typeof invitations.$inferInsert) {
  await db
    .delete(invitations)
    .where(
      and(
        eq(invitations.organizationId, row.organizationId),
        eq(sql`lower(${invitations.email})`, row.email.toLowerCase()),
        isOpen,
      ),
    );
  const [made] = await db.insert(invitations).values(row).returning(columns);
  if (!made) throw new Error('invitation was not stored');
  return made;
}

/** Whether a member has this address. */
export async function isMemberAddress(db: Db, where: { organizationId: string; email: string }): Promise<boolean> {
  const rows = await db
    .select({ userId: members.userId })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(eq(members.organizationId, where.organizationId), eq(sql`lower(${users.email})`, where.email.toLowerCase())),
    );
  return rows.length > 0;
}

/** The open invitations of an organization, newest first, including expired ones. */
export function selectInvitations(db: Db, organizationId: string) {
  return db
    .select({ ...columns, invitedByName: users.name })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(eq(invitations.organizationId, organizationId), isOpen))
    .orderBy(desc(invitations.createdAt), desc(invitations.id));
}

/** The valid invitation of a link, for anybody with the link. */
export async function selectInvitationByHash(db: Db, where: { tokenHash: string; now: Date }) {
  const [row] = await db
    .select({ ...columns, invitedByName: users.name, organizationName: organizations.name })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(and(eq(invitations.tokenHash, where.tokenHash), isOpen, gt(invitations.expiresAt, where.now)));
  return row;
}

/** Marks the link as used; a second use finds nothing. */
export async function consumeInvitation(db: Db, where: { tokenHash: string; email: string; now: Date }) {
  const [row] = await db
    .update(invitations)
    .set({ consumedAt: where.now })
    .where(
      and(
        eq(invitations.tokenHash, where.tokenHash),
        eq(sql`lower(${invitations.email})`, where.email.toLowerCase()),
        isOpen,
        gt(invitations.expiresAt, where.now),
      ),
    )
    .returning(columns);
  return row;
}

/** Returns the deleted invitation, or undefined if the organization has no open invitation with this id. */
export async function deleteInvitation(db: Db, where: { organizationId: string; invitationId: string }) {
  const [row] = await db
    .delete(invitations)
    .where(and(eq(invitations.organizationId, where.organizationId), eq(invitations.id, where.invitationId), isOpen))
    .returning(columns);
  return row;
}

/** Deletes the open invitations of a person who may no longer invite. */
export function deleteInvitationsBy(db: Db, where: { organizationId: string; userId: string }) {
  return db
    .delete(invitations)
    .where(and(eq(invitations.organizationId, where.organizationId), eq(invitations.invitedBy, where.userId), isOpen))
    .returning({ email: invitations.email });
}
