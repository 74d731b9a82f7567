import { randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { members, organizations } from '#db/schema/organization';
import { apiTokens } from '#db/schema/token';
import { users } from '#db/schema/user';
import type { Person, Role, TokenScope } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';

export type Someone = Context & { actor: Person };

/** Creates rows directly, so that a test of one verb does not depend on others. */
export async function anOrganization(
  db: Db,
  name = 'Acme',
): Promise<{ id: string; number: number; externalId: string }> {
  const [row] = await db
    .insert(organizations)
    .values({ name, externalId: randomBytes(12).toString('hex') })
    .returning({ id: organizations.id, number: organizations.number, externalId: organizations.externalId });
  if (!row) throw new Error('no organization');
  return row;
}

/** A person with a verified address and one role in each of the given organizations. */
export async function aPerson(
  db: Db,
  {
    roles = {},
    isOperator = false,
    name = 'Ada',
  }: { roles?: Record<string, Role>; isOperator?: boolean; name?: string } = {},
): Promise<Someone> {
  const id = `usr_${randomBytes(12).toString('hex')}`;
  await db.insert(users).values({ id, name, email: `${id}@example.com`, emailVerifiedAt: new Date(), isOperator });
  const memberships = Object.entries(roles).map(([organizationId, role]) => ({ organizationId, role }));
  if (memberships.length > 0) await db.insert(members).values(memberships.map((one) => ({ ...one, userId: id })));
  return {
    db,
    actor: { kind: 'person', userId: id, isOperator, emailVerified: true, memberships },
    channel: 'portal',
    requestId: randomUUID(),
    network: '192.0.2.1',
  };
}

/** A new organization and its owner. Every test has its own, so that tests do not affect each other. */
export async function anOwner(db: Db) {
  const organization = await anOrganization(db);
  const owner = await aPerson(db, { roles: { [organization.id]: 'owner' } });
  return { organization, owner, organizationId: organization.id };
}

/** The same person, as the actor of an API token of one organization. */
export async function throughToken(
  someone: Someone,
  organizationId: string,
  scopes: TokenScope[],
  channel: Context['channel'] = 'native',
): Promise<Someone> {
  const [row] = await someone.db
    .insert(apiTokens)
    .values({
      organizationId,
      userId: someone.actor.userId,
      name: 'test',
      hash: randomUUID(),
      pepperId: 'test',
      lastFour: 'test',
      scopes,
    })
    .returning({ id: apiTokens.id });
  if (!row) throw new Error('no token');
  return {
    ...someone,
    channel,
    actor: { ...someone.actor, token: { id: row.id, organizationId, scopes, expiresAt: null } },
  };
}

export const stranger = (db: Db): Context => ({
  db,
  actor: { kind: 'anonymous' },
  channel: 'portal',
  requestId: randomUUID(),
  network: '192.0.2.9',
});
