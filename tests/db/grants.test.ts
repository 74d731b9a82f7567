import { eq, inArray, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { selectOwnGrants } from '#db/queries/own-grants';
import { artifacts } from '#db/schema/artifact';
import { auditEvents } from '#db/schema/audit';
import type { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { sessions } from '#db/schema/user';
import { disableClient, removeClient } from '#lib/clients/index';
import {
  findOwnGrantTo,
  getOwnGrant,
  listOwnGrants,
  listOwnGrantsByNumber,
  revokeGrant,
  revokeScopes,
} from '#lib/grants/index';
import { anOrganization, anOwner, aPerson, type Someone, throughToken } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aGrantRow, aTokenRow } from '#support/grants';

const uris = [
  'https://reader.example.com/cb',
  'https://reader.example.com/two',
  'http://127.0.0.1/cb',
  'com.example:/x',
];

/** An app of one organization and somebody of another who allowed it something. */
async function aScene(
  values: Partial<typeof grants.$inferInsert> = {},
  client: Partial<typeof clients.$inferInsert> = {},
) {
  const { owner: developer, organizationId: publisherId } = await anOwner(db);
  const scopes = ['openid', 'email', 'files:read', 'offline_access'];
  const clientId = await aClientRow(db, {
    organizationId: publisherId,
    name: 'Reader',
    redirectUris: uris,
    scopes,
    ...client,
  });
  const home = await anOrganization(db, 'Home');
  const person = await aPerson(db, { roles: { [home.id]: 'viewer' }, name: 'Pat Private' });
  const { userId } = person.actor;
  const id = await aGrantRow(db, { userId, clientId, organizationId: home.id, scopes, ...values });
  const token = (given: Parameters<typeof aTokenRow>[2] = {}) =>
    aTokenRow(db, { grantId: id, clientId, userId }, given);
  return { developer, publisherId, clientId, home, person, userId, id, token };
}

const left = async (...hashes: string[]) =>
  (await db.select({ hash: artifacts.hash }).from(artifacts).where(inArray(artifacts.hash, hashes))).map(
    ({ hash }) => hash,
  );
const rowOf = async (id: string) => (await db.select().from(grants).where(eq(grants.id, id)))[0];
const eventsOf = (id: string) => db.select().from(auditEvents).where(eq(auditEvents.targetId, id));
const past = () => new Date(Date.now() - 1000);

describe('a grant', () => {
  test('is returned with its app, hosts, organization and number of live tokens', async () => {
    const { id, clientId, home, person, userId, token } = await aScene({ declined: ['read'] });
    await token();
    await token({ kind: 'RefreshToken' });
    await token({ kind: 'RefreshToken', consumedAt: past() });
    await token({ kind: 'AuthorizationCode' });
    await token({ expiresAt: past() });
    const [session] = await db.insert(sessions).values({ userId, expiresAt: past() }).returning({ id: sessions.id });
    await token({ sessionId: session?.id ?? '' });
    const grant = await getOwnGrant(person, id);
    expect(grant).toMatchObject({
      id,
      clientId,
      client: { name: 'Reader', publisher: 'Acme', verified: false, status: 'active' },
      hosts: ['reader.example.com'],
      organizationId: home.id,
      organizationName: 'Home',
      scopes: ['openid', 'email', 'files:read', 'offline_access'],
      declined: ['read'],
      liveTokens: 2,
      lastUsedAt: null,
    });
    expect(JSON.stringify(grant)).not.toContain('/cb');
    expect(await findOwnGrantTo(person, clientId)).toEqual(grant);
    expect(await findOwnGrantTo(person, 'no id')).toBeUndefined();
  });

  test('comes newest first, page by page, none twice and none left out', async () => {
    const { person, userId, id: first, publisherId } = await aScene({ createdAt: new Date('2020-01-01') });
    const made = [first];
    for (let at = 0; at < 6; at++) {
      const clientId = await aClientRow(db, { organizationId: publisherId });
      // Two at each moment: their ids decide.
      const createdAt = new Date(Date.UTC(2024, 0, 1 + Math.floor(at / 2)));
      made.push(await aGrantRow(db, { userId, clientId, createdAt, updatedAt: new Date(Date.UTC(2025, 0, 9 - at)) }));
    }
    const seen: string[] = [];
    for (let after: Parameters<typeof listOwnGrants>[1]['after'], more = true; more; ) {
      const page = await listOwnGrants(person, { limit: 2, after });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
      more = page.next !== undefined;
    }
    expect(seen.toSorted()).toEqual(made.toSorted());
    expect(seen.at(-1)).toBe(first);
    const { items, total } = await listOwnGrantsByNumber(person, { limit: 3, offset: 2 });
    expect([items.map(({ id }) => id), total]).toEqual([seen.slice(2, 5), 7]);
    expect((await listOwnGrantsByNumber(person, { limit: 3, offset: 20 })).total).toBe(7);
    const changed = await listOwnGrants(person, {
      sort: 'updated',
      limit: 2,
      after: { at: new Date(Date.UTC(2025, 0, 7)) },
    });
    expect(changed.items.map(({ id }) => id)).toEqual(made.slice(4, 6));

    // What was never used counts from when it was allowed.
    const used = made[2] ?? '';
    await db.update(grants).set({ lastUsedAt: new Date() }).where(eq(grants.id, used));
    const latest = await listOwnGrants(person, { sort: 'used', limit: 1 });
    expect(latest.items.map(({ id }) => id)).toEqual([used]);
    const others = await listOwnGrants(person, { sort: 'used', limit: 10, after: latest.next });
    expect(others.items.map(({ id }) => id)).toEqual(seen.filter((id) => id !== used));
  });

  test('only its person sees and revokes it, not the publisher or an operator', async () => {
    const { id, clientId, developer } = await aScene();
    const operator = await aPerson(db, { isOperator: true });
    for (const someone of [developer, operator]) {
      expect((await listOwnGrants(someone, { limit: 10 })).items).toEqual([]);
      expect(await findOwnGrantTo(someone, clientId)).toBeUndefined();
      await expect(getOwnGrant(someone, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(revokeGrant(someone, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(revokeScopes(someone, id, ['email'])).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await rowOf(id)).toBeDefined();
  });

  test('is read and ended through a token by its scopes, and only in the token’s organization', async () => {
    const { id, person, home } = await aScene();
    const through = (organizationId: string, ...scopes: Parameters<typeof throughToken>[2]) =>
      throughToken(person, organizationId, scopes);
    const reader = await through(home.id, 'grants:read');
    expect((await getOwnGrant(reader, id)).id).toBe(id);
    await expect(revokeGrant(reader, id)).rejects.toMatchObject({ code: 'forbidden' });
    const other = await through(home.id, 'clients:read', 'clients:write', 'org:admin', 'read', 'write');
    for (const act of [listOwnGrants(other, { limit: 1 }), getOwnGrant(other, id), revokeGrant(other, id)])
      await expect(act).rejects.toMatchObject({ code: 'forbidden' });
    const away = await through((await anOrganization(db)).id, 'grants:read', 'grants:write');
    expect((await listOwnGrants(away, { limit: 1 })).items).toEqual([]);
    await expect(revokeGrant(away, id)).rejects.toMatchObject({ code: 'not_found' });
    await db.update(grants).set({ organizationId: null }).where(eq(grants.id, id));
    expect((await listOwnGrants(away, { limit: 1 })).items).toHaveLength(1);
  });
});

test('a page of grants computes the data of its own apps only', async () => {
  const { organizationId } = await anOwner(db);
  const redirectUris = ['https://reader.example.com/cb'];
  const clientIds = [];
  for (let at = 0; at < 50; at++) clientIds.push(await aClientRow(db, { organizationId, redirectUris }));
  const { userId } = (await aPerson(db)).actor;
  for (const clientId of clientIds.slice(0, 3)) await aGrantRow(db, { userId, clientId });
  const calls = await db.transaction(async (tx) => {
    await tx.execute(sql`set local track_functions = 'all'`);
    expect(await selectOwnGrants(tx, { userId }, { limit: 20, now: new Date() })).toHaveLength(3);
    const [row] = await tx.execute<{ calls: number }>(
      sql`select calls::int from pg_stat_xact_user_functions where funcname = 'is_proved_redirect'`,
    );
    return row?.calls;
  });
  expect(calls).toBeGreaterThan(0);
  expect(calls).toBeLessThanOrEqual(6);
});

describe('to revoke it', () => {
  test('ends its tokens and no others, and returns their number', async () => {
    const { id, clientId, person, token, publisherId } = await aScene();
    const mine = [await token(), await token({ kind: 'RefreshToken' }), await token({ kind: 'AuthorizationCode' })];
    const other = await aPerson(db);
    const theirs = await aGrantRow(db, { userId: other.actor.userId, clientId });
    const kept = await aTokenRow(db, { grantId: theirs, clientId, userId: other.actor.userId });
    expect(await revokeGrant(person, id)).toMatchObject({ id, liveTokens: 2 });
    await expect.poll(() => left(...mine, kept)).toEqual([kept]);
    expect(await rowOf(id)).toBeUndefined();
    await expect(revokeGrant(person, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await eventsOf(id)).toMatchObject([
      { action: 'grant.revoke', actorId: person.actor.userId, organizationId: null, after: { endedTokens: 2 } },
    ]);
    const history = (await eventsOf(clientId)).filter(({ action }) => action.startsWith('grant.'));
    expect(history).toMatchObject([
      { action: 'grant.revoke', actorKind: 'anonymous', actorId: null, tokenId: null, organizationId: publisherId },
    ]);
    expect(JSON.stringify(history)).not.toMatch(new RegExp(`${person.actor.userId}|Pat|openid`));
  });

  test('with ten thousand tokens leaves none of them', async () => {
    const { id, clientId, userId, person } = await aScene();
    const expiresAt = new Date(Date.now() + 3_600_000);
    for (let part = 0; part < 10; part++)
      await db.insert(artifacts).values(
        Array.from({ length: 1000 }, (_, at) => ({
          hash: `many-${id}-${part}-${at}`,
          kind: 'AccessToken',
          grantId: id,
          clientId,
          userId,
          payload: {},
          expiresAt,
        })),
      );
    expect((await revokeGrant(person, id)).liveTokens).toBe(10_000);
    await expect.poll(() => db.$count(artifacts, eq(artifacts.userId, userId))).toBe(0);
  });

  test('twice at once revokes once; a deletion of the client at the same time causes no deadlock', async () => {
    const { id, clientId, person, developer, token } = await aScene();
    await token();
    const both = await Promise.allSettled([revokeGrant(person, id), revokeGrant(person, id)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await eventsOf(id)).toHaveLength(1);
    for (const end of [disableClient, removeClient]) {
      const again = await aGrantRow(db, { userId: person.actor.userId, clientId });
      for (let at = 0; at < 5; at++) await aTokenRow(db, { grantId: again, clientId, userId: person.actor.userId });
      const [ended, revoked] = await Promise.allSettled([end(developer, clientId), revokeGrant(person, again)]);
      expect(ended.status).toBe('fulfilled');
      if (revoked.status === 'rejected') expect(revoked.reason).toMatchObject({ code: 'not_found' });
      expect(await rowOf(again)).toBeUndefined();
    }
  });
});

describe('revoking one scope', () => {
  test('ends the access tokens with it; the others and the refresh tokens stay valid', async () => {
    const { id, clientId, person, token } = await aScene({
      resources: { 'https://api.example/': ['files:read', 'rooms:read'] },
    });
    const carrying = [await token(), await token({ scope: 'files:read' })];
    const over = await token({ expiresAt: past() });
    const lives = [
      await token({ scope: 'openid email' }),
      await token({ scope: 'files:readmore' }),
      await token({ kind: 'RefreshToken' }),
    ];
    expect(await revokeScopes(person, id, ['files:read', 'never:there'])).toEqual({ endedTokens: 2 });
    await expect.poll(async () => (await left(...carrying, over, ...lives)).toSorted()).toEqual(lives.toSorted());
    expect(await rowOf(id)).toMatchObject({
      scopes: ['openid', 'email', 'offline_access'],
      declined: [],
      resources: { 'https://api.example/': ['rooms:read'] },
    });
    expect(await revokeScopes(person, id, ['files:read'])).toEqual({ endedTokens: 0 });
    const gone = { action: 'grant.narrow', before: { scopes: ['files:read'] }, after: { endedTokens: 2 } };
    expect(await eventsOf(id)).toMatchObject([gone]);
    expect((await eventsOf(clientId)).filter(({ action }) => action === 'grant.narrow')).toMatchObject([
      { ...gone, actorId: null },
    ]);
  });

  test('is stored as declined only if the scope is optional', async () => {
    const { id, person } = await aScene({}, { optionalScopes: ['email'] });
    await revokeScopes(person, id, ['email', 'files:read']);
    expect(await rowOf(id)).toMatchObject({ scopes: ['openid', 'offline_access'], declined: ['email'] });
  });

  test('of offline_access ends the refresh tokens that have it', async () => {
    const { id, person, token } = await aScene();
    const lasting = await token({ kind: 'RefreshToken', scope: 'openid offline_access' });
    const other = await token({ kind: 'RefreshToken', scope: 'openid' });
    expect(await revokeScopes(person, id, ['offline_access'])).toEqual({ endedTokens: 1 });
    await expect.poll(() => left(lasting, other)).toEqual([other]);
  });

  test('of openid or of the last scope is refused: revoke the grant instead', async () => {
    const { id, person } = await aScene();
    await expect(revokeScopes(person, id, ['openid'])).rejects.toMatchObject({ code: 'invalid_metadata' });
    const { id: narrow, person: other } = await aScene({ scopes: ['email'] });
    await expect(revokeScopes(other, narrow, ['email'])).rejects.toMatchObject({ code: 'invalid_metadata' });
    expect((await rowOf(narrow))?.scopes).toEqual(['email']);
  });
});

test('without a sign-in there are no grants', async () => {
  const { person } = await aScene();
  const ctx = { ...person, actor: { kind: 'anonymous' } } as unknown as Someone;
  await expect(listOwnGrants(ctx, { limit: 1 })).rejects.toMatchObject({ code: 'unauthenticated' });
});
