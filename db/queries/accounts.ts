import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { members } from '../schema/organization.ts';
import { pairwiseSubjects } from '../schema/pairwise-subject.ts';
import { users } from '../schema/user.ts';

/** The claims of an enabled person, and whether they are a member of the organization. */
export async function selectAccount(db: Db, of: { userId: string; organizationId: string }) {
  const [row] = await db
    .select({
      name: users.name,
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      updatedAt: users.updatedAt,
      isMember: sql<boolean>`${members.userId} is not null`,
    })
    .from(users)
    .leftJoin(members, and(eq(members.userId, users.id), eq(members.organizationId, of.organizationId)))
    .where(and(eq(users.id, of.userId), isNull(users.disabledAt)));
  return row;
}

/** The person with this pairwise subject in a sector. */
export async function selectPersonOfSubject(db: Db, of: { subject: string; sector: string }) {
  const { subject, sector } = of;
  const named = and(eq(pairwiseSubjects.subject, subject), eq(pairwiseSubjects.sector, sector));
  const [row] = await db.select({ userId: pairwiseSubjects.userId }).from(pairwiseSubjects).where(named);
  return row?.userId;
}

/** Returns the person's pairwise subject in a sector; stores `fresh` if there is none yet. */
export async function ensurePairwiseSubject(db: Db, of: { userId: string; sector: string }, fresh: string) {
  const [row] = await db
    .insert(pairwiseSubjects)
    .values({ ...of, subject: fresh })
    // RETURNING gives an existing row only if the row is written.
    .onConflictDoUpdate({ target: [pairwiseSubjects.userId, pairwiseSubjects.sector], set: { sector: of.sector } })
    .returning({ subject: pairwiseSubjects.subject });
  if (!row) throw new Error('the subject was not kept');
  return row.subject;
}
