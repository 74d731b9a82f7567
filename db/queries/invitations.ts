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

/** Replaces an open invitation of the same address to the same organization, whose link then leads nowhere. */
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

/** Whether someone with that address is a member. */
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

/** The open invitations of an organization, newest first, also those whose time is over. */
export function selectInvitations(db: Db, organizationId: string) {
  return db
    .select({ ...columns, invitedByName: users.name })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(eq(invitations.organizationId, organizationId), isOpen))
    .orderBy(desc(invitations.createdAt), desc(invitations.id));
}

/** The live invitation behind a link, for whoever holds the link. */
export async function selectInvitationByHash(db: Db, where: { tokenHash: string; now: Date }) {
  const [row] = await db
    .select({ ...columns, invitedByName: users.name, organizationName: organizations.name })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(and(eq(invitations.tokenHash, where.tokenHash), isOpen, gt(invitations.expiresAt, where.now)));
  return row;
}

/** Uses the link up; a second use finds nothing. */
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

/** The deleted invitation, or undefined when the organization has no such open one. */
export async function deleteInvitation(db: Db, where: { organizationId: string; invitationId: string }) {
  const [row] = await db
    .delete(invitations)
    .where(and(eq(invitations.organizationId, where.organizationId), eq(invitations.id, where.invitationId), isOpen))
    .returning(columns);
  return row;
}

/** Takes back what someone who may no longer invite has sent out. */
export function deleteInvitationsBy(db: Db, where: { organizationId: string; userId: string }) {
  return db
    .delete(invitations)
    .where(and(eq(invitations.organizationId, where.organizationId), eq(invitations.invitedBy, where.userId), isOpen))
    .returning({ email: invitations.email });
}
