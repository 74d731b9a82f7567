import { eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { members, organizations } from '../schema/organization.ts';
import { users } from '../schema/user.ts';

/** Every column of a user except the password's hash. */
const columns = {
  id: users.id,
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  name: users.name,
  hasPassword: sql<boolean>`${users.passwordHash} is not null`,
  isOperator: users.isOperator,
  disabledAt: users.disabledAt,
  createdAt: users.createdAt,
};

const sameEmail = (email: string) => eq(sql`lower(${users.email})`, email.toLowerCase());

export async function hasUsers(db: Db): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}

/** Locks until the transaction ends: in an empty database, only one person at a time can become the first. */
export async function lockFirstUser(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('clientele.first-user', 0))`);
}

/** Returns undefined if the address already has an account. */
export async function insertUser(db: Db, row: typeof users.$inferInsert) {
  const [made] = await db.insert(users).values(row).onConflictDoNothing().returning(columns);
  return made;
}

export async function insertPersonalOrganization(
  db: Db,
  { userId, name, externalId }: { userId: string; name: string; externalId: string },
) {
  const [made] = await db
    .insert(organizations)
    .values({ name, externalId, personalOf: userId })
    .returning({ id: organizations.id, number: organizations.number, externalId: organizations.externalId });
  if (!made) throw new Error('the personal organization was not made');
  await db.insert(members).values({ organizationId: made.id, userId, role: 'owner' });
  return made;
}

export async function selectUser(db: Db, userId: string) {
  const [row] = await db.select(columns).from(users).where(eq(users.id, userId));
  return row;
}

export async function selectUserByEmail(db: Db, email: string) {
  const [row] = await db.select(columns).from(users).where(sameEmail(email));
  return row;
}

/** The only query that reads password hashes. */
export async function selectPasswordHash(db: Db, of: { userId: string } | { email: string }) {
  const [row] = await db
    .select({ userId: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
    .from(users)
    .where('userId' in of ? eq(users.id, of.userId) : sameEmail(of.email));
  return row;
}

/** Whether a write failed because another account took the address after the check. */
export const isAddressTaken = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'constraint_name' in error.cause &&
  error.cause.constraint_name === 'users_email_key';

export async function updateUser(
  db: Db,
  userId: string,
  values: Partial<
    Pick<typeof users.$inferInsert, 'name' | 'email' | 'emailVerifiedAt' | 'passwordHash' | 'isOperator'>
  >,
) {
  const [row] = await db
    .update(users)
    .set({ ...values, updatedAt: new Date() })
    .where(eq(users.id, userId))
    .returning(columns);
  return row;
}
