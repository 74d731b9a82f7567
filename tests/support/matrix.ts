import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client';
import { clientManagers, clients, secrets } from '#db/schema/client';
import { invitations, products } from '#db/schema/organization';
import { refusals } from '#db/schema/refusal';
import type { Context } from '#lib/kernel/context';
import { anOrganization, anOwner, aPerson, type Someone, stranger, throughToken } from './actors.ts';
import { aClientRow } from './client-row.ts';
import { aGrantRow } from './grants.ts';

/** Every kind of person for an app. The developers differ by their relation to it; the stranger owns another organization. */
export const everybody = [
  'owner',
  'admin',
  'creator',
  'manager',
  'developer',
  'viewer',
  'operator',
  'stranger',
  'nobody',
] as const;
export type Who = (typeof everybody)[number];

/** `missing`: the answer is 404 or its like. `signIn`: the answer asks for a sign-in. */
export type Answer = 'yes' | 'no' | 'missing' | 'signIn';

const row = (...allowed: Who[]) =>
  Object.fromEntries(
    everybody.map((who) => {
      if (allowed.includes(who)) return [who, 'yes'];
      if (who === 'nobody') return [who, 'signIn'];
      return [who, who === 'stranger' ? 'missing' : 'no'];
    }),
  ) as Record<Who, Answer>;
const members = ['owner', 'admin', 'creator', 'manager', 'developer', 'viewer'] as const;
const known = [...members, 'operator', 'stranger'] as const;

/** Who may do what. Everything that a page, an action, a verb or an API does is one of these deeds. */
export const mayDo = {
  /** To see the organization's apps, people and products. */
  see: row(...members, 'operator'),
  seeSecrets: row('owner', 'admin', 'creator', 'manager', 'developer', 'operator'),
  create: row('owner', 'admin', 'creator', 'manager', 'developer', 'operator'),
  /** To edit, to create and revoke secrets, to disable and enable. */
  edit: row('owner', 'admin', 'creator', 'manager', 'operator'),
  /** To delete, and to choose the managers. */
  remove: row('owner', 'admin', 'creator', 'operator'),
  /** Members, invitations, products, tokens of others. */
  administer: row('owner', 'admin', 'operator'),
  /** To revoke somebody else's token: only its owner may. */
  endToken: {
    ...row('owner', 'admin', 'operator'),
    creator: 'missing',
    manager: 'missing',
    developer: 'missing',
    viewer: 'missing',
  },
  /** To see and to revoke the owner's own grant: not even the app's other people may. */
  consent: {
    ...(Object.fromEntries(known.map((who) => [who, 'missing'])) as Record<Who, Answer>),
    owner: 'yes',
    nobody: 'signIn',
  },
  /** To act in the organization as a member: an operator may only if they are one. */
  belong: { ...row(...members), operator: 'missing' },
  /** To delete the organization. */
  own: row('owner', 'operator'),
  /** Each person's own things. */
  self: row(...known),
  /** Operators' pages and calls: missing for everyone else. */
  operate: {
    ...(Object.fromEntries(known.map((who) => [who, 'missing'])) as Record<Who, Answer>),
    operator: 'yes',
    nobody: 'signIn',
  },
  /** What only the operator may do with an organization: forbidden for its members. */
  vouch: row('operator'),
  /** The platform itself: that it has operators is no secret. */
  govern: {
    ...(Object.fromEntries(everybody.map((who) => [who, 'no'])) as Record<Who, Answer>),
    operator: 'yes',
  },
  /** Open to everyone. */
  world: row(...everybody),
} satisfies Record<string, Record<Who, Answer>>;
export type Deed = keyof typeof mayDo;

/** An organization with every kind of person, and one of every object that can be read or changed. */
export async function aWorld(db: Db) {
  const world = await db.transaction((tx) => makeWorld(tx, randomUUID()));
  const people = Object.fromEntries(everybody.map((who) => [who, { ...world.people[who], db }]));
  return { ...world, people: people as typeof world.people };
}
export type World = Awaited<ReturnType<typeof aWorld>>;

async function makeWorld(db: Db, marker: string) {
  const { id } = await anOrganization(db, `Organization ${marker}`);
  const inIt = (role: 'owner' | 'admin' | 'developer' | 'viewer') => aPerson(db, { roles: { [id]: role } });
  const away = await anOrganization(db, 'Away');
  const creator = await inIt('developer');
  const [owner, admin, manager, developer, viewer, spare, operator, elsewhere] = await Promise.all([
    inIt('owner'),
    inIt('admin'),
    inIt('developer'),
    inIt('developer'),
    inIt('viewer'),
    inIt('developer'),
    aPerson(db, { isOperator: true, roles: { [away.id]: 'owner' } }),
    anOwner(db),
  ]);
  const clientId = await aClientRow(db, {
    organizationId: id,
    createdBy: creator.actor.userId,
    name: `App ${marker}`,
    nameSkeleton: marker,
    redirectUris: [`https://app.example/${marker}`],
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
  });
  const [client] = await db.select({ number: clients.number }).from(clients).where(eq(clients.clientId, clientId));
  // Another app of the organization that none of these developers manages.
  const otherClientId = await aClientRow(db, {
    organizationId: id,
    createdBy: owner.actor.userId,
    name: `Other ${marker}`,
  });
  await db.insert(clientManagers).values({ clientId, userId: manager.actor.userId });
  const aSecret = () => ({
    clientId,
    name: `Secret ${marker}`,
    hash: randomUUID(),
    pepperId: 'test',
    lastFour: 'abcd',
    channel: 'portal' as const,
  });
  // Two of each and another owner, because the last one has its own rule.
  const [secret] = await db.insert(secrets).values([aSecret(), aSecret()]).returning({ id: secrets.id });
  await inIt('owner');
  const [product] = await db
    .insert(products)
    .values({ organizationId: id, slug: `p-${marker}`, name: `Product ${marker}` })
    .returning({ id: products.id });
  const [invitation] = await db
    .insert(invitations)
    .values({
      organizationId: id,
      email: `${marker}@example.com`,
      role: 'viewer',
      tokenHash: randomUUID(),
      invitedBy: owner.actor.userId,
      expiresAt: new Date(Date.now() + 86_400_000),
    })
    .returning({ id: invitations.id });
  const grantId = await aGrantRow(db, { userId: owner.actor.userId, clientId, organizationId: id });
  const reference = `R${marker.slice(0, 4)}-${marker.slice(4, 8)}R`.toUpperCase();
  await db.insert(refusals).values({
    reference,
    clientId,
    reason: 'redirect_uri',
    error: 'invalid_redirect_uri',
    description: 'not registered',
    redirectUri: `https://app.example/${marker}/`,
    hadQuery: false,
  });
  const throughOwnToken = await throughToken(owner, id, ['clients:read']);
  const people: Record<Who, Someone | Context> = {
    owner,
    admin,
    creator,
    manager,
    developer,
    viewer,
    operator,
    stranger: elsewhere.owner,
    nobody: stranger(db),
  };
  return {
    marker,
    people,
    /** The organization of each person's API token. */
    homes: {
      ...(Object.fromEntries(everybody.map((who) => [who, id])) as Record<Who, string>),
      operator: away.id,
      stranger: elsewhere.organizationId,
    },
    organizationId: id,
    clientId,
    otherClientId,
    number: client?.number ?? 0,
    spareId: spare.actor.userId,
    secretId: secret?.id ?? '',
    productId: product?.id ?? 0,
    invitationId: invitation?.id ?? '',
    tokenId: throughOwnToken.actor.token?.id ?? '',
    grantId,
    reference,
  };
}

/** Every stored row as text: a refused call must not change it. */
export async function keptBy(db: Db, { organizationId }: World): Promise<string> {
  // The last use of a token is not compared.
  const agg = "select jsonb_agg(to_jsonb(t) - 'last_used_at' order by to_jsonb(t)::text)";
  const parts = [
    ...['clients', 'members', 'invitations', 'products', 'api_tokens', 'audit_events'].map(
      (table) => `${agg} from ${table} t where organization_id = '${organizationId}'`,
    ),
    ...['secrets', 'client_managers', 'client_appearances', 'refusals'].map(
      (table) => `${agg} from ${table} t join clients using (client_id) where organization_id = '${organizationId}'`,
    ),
    `${agg} from grants t where client_id in (select client_id from clients where organization_id = '${organizationId}')`,
    `${agg} from organizations t where id = '${organizationId}'`,
  ];
  const [kept] = await db.execute(sql.raw(`select ${parts.map((part, at) => `(${part}) as part${at}`).join(', ')}`));
  return JSON.stringify(kept);
}
