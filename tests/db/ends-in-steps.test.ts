import { randomUUID } from 'node:crypto';
import { eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, wrap } from '#db/client';
import { selectAccessToken } from '#db/queries/access-tokens';
import { endArtifacts, selectArtifactByHash, upsertArtifact } from '#db/queries/artifacts';
import { insertEnding } from '#db/queries/endings';
import { inSteps } from '#db/queries/in-steps';
import { artifacts } from '#db/schema/artifact';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { endings } from '#db/schema/ending';
import { grants } from '#db/schema/grant';
import { members, organizations } from '#db/schema/organization';
import { sessions } from '#db/schema/user';
import { disableClient, enableClient, removeClient, removeClients, suspendClient } from '#lib/clients/index';
import { allowAccess, revokeGrant, revokeScopes } from '#lib/grants/index';
import { removeOrganization } from '#lib/organizations/index';
import { createSecret, revokeSecret } from '#lib/secrets/index';
import { endOtherSessions, endOwnSession, startSession } from '#lib/sessions/index';
import { deleteExpired } from '#lib/sweep/index';
import { changePassword, hashPassword } from '#lib/users/index';
import { anOwner, aPerson, stranger } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { databaseUrl, db as patient } from '#support/database';
import { slowRows } from '#support/slow-rows';

/** With the limit that the server has for a statement, and a connection for each of the tests that run at once. */
const pool = connect(databaseUrl, { max: 40 });
const db = wrap(pool);
afterAll(() => pool.end());

const rowMs = 10;
/** More rows than one statement can delete in its time. */
const many = 180;
/** So many that the verb answers before the last one is deleted. */
const tooMany = 400;

beforeAll(() =>
  slowRows(patient, {
    ms: rowMs,
    deleted: ['artifacts', 'grants', 'clients', 'members', 'rate_limits'],
    changed: ['artifacts', 'sessions', 'grants'],
  }),
);

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

/** A client that many people use, each of them with a token. */
async function aPopularApp(people = many) {
  const { owner, organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId, createdBy: owner.actor.userId });
  const made = await patient.execute<{ hash: string }>(sql`
    with people as (
      insert into users (id, name, email)
      select 'usr_' || replace(gen_random_uuid()::text, '-', ''), 'Ada', gen_random_uuid() || '@example.com'
      from generate_series(1, ${people}::int)
      returning id
    ), allowed as (
      insert into grants (user_id, client_id) select id, ${clientId}::uuid from people returning id, user_id
    )
    insert into artifacts (hash, kind, client_id, user_id, grant_id, payload, expires_at)
    select id::text, 'AccessToken', ${clientId}::uuid, user_id, id, '{}', now() + interval '1 hour' from allowed returning hash`);
  return { owner, organizationId, clientId, hashes: made.map(({ hash }) => hash) };
}

/** A person who is signed in, with many access tokens of one app under one grant, all of that session. */
async function aBusyPerson(tokens = many) {
  const person = await aPerson(db);
  const { userId } = person.actor;
  const { organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId });
  const grant = { userId, clientId, scopes: ['read', 'write'] };
  const [allowed] = await db.insert(grants).values(grant).returning({ id: grants.id });
  const grantId = allowed?.id ?? '';
  const sessionId = await startSession(person, userId, { userAgent: 'test' });
  const made = await patient.execute<{ hash: string }>(sql`
    insert into artifacts (hash, kind, client_id, user_id, grant_id, family_id, session_id, payload, expires_at)
    select gen_random_uuid()::text, 'AccessToken', ${clientId}::uuid, ${userId}, ${grantId}::uuid, ${grantId} || '.one', ${sessionId}::uuid,
      '{"scope":"read"}', now() + interval '1 hour' from generate_series(1, ${tokens}::int) returning hash`);
  const hashes = made.map(({ hash }) => hash);
  return { ...person, actor: { ...person.actor, sessionId }, clientId, grantId, hashes };
}

/** How many of the tokens a lookup finds: that of the authorization server, and that of the registry's own APIs. */
async function found(hashes: readonly string[]): Promise<number[]> {
  let [server, registry] = [0, 0];
  for (const hash of hashes) {
    const named = { kind: 'AccessToken', hashes: [hash], now: new Date() };
    if (await selectArtifactByHash(patient, named)) server += 1;
    if (await selectAccessToken(patient, named)) registry += 1;
  }
  return [server, registry];
}

const tokensOf = (clientId: string) => patient.$count(artifacts, eq(artifacts.clientId, clientId));
const grantsOf = (clientId: string) => patient.$count(grants, eq(grants.clientId, clientId));
const left = async (clientId: string) => [await tokensOf(clientId), await grantsOf(clientId)];
const endingsOf = (clientId: string) => patient.$count(endings, like(endings.subject, `%${clientId}%`));
const lastEvent = async (action: string, targetId: string) => {
  const events = await db.select().from(auditEvents).where(eq(auditEvents.action, action));
  return events.findLast((event) => event.targetId === targetId)?.after;
};

// What these wait for takes no processor, and their rows are their own.
describe.concurrent('with slow rows', () => {
  test('a client with many users is disabled: no token is valid afterwards, also after it is enabled again', async ({
    expect,
  }) => {
    const { owner, clientId, hashes } = await aPopularApp(tooMany);
    expect(await found(hashes.slice(0, 3))).toEqual([3, 3]);
    await disableClient(owner, clientId);
    expect(await lastEvent('client.disable', clientId)).toEqual({ status: 'disabled', tokensEnded: tooMany });
    expect(await tokensOf(clientId)).toBeGreaterThan(0);
    await enableClient(owner, clientId);
    expect(await found(hashes)).toEqual([0, 0]);
    const given = {
      hash: randomUUID(),
      kind: 'AccessToken',
      clientId,
      userId: null,
      grantId: null,
      familyId: null,
      sessionId: null,
      givenInSession: null,
      secretId: null,
      otherHash: null,
      payload: {},
      expiresAt: new Date(Date.now() + 3_600_000),
    };
    expect(await upsertArtifact(patient, given)).toBe(true);
    expect(await found([given.hash])).toEqual([1, 1]);
    await expect.poll(() => left(clientId)).toEqual([1, tooMany]);
    expect(await found([given.hash])).toEqual([1, 1]);
  });

  test('it is suspended, and says how many tokens that ended', async ({ expect }) => {
    const { clientId, hashes } = await aPopularApp();
    expect(await suspendClient(operator, clientId)).toEqual({ status: 'suspended', tokensEnded: many });
    expect(await found(hashes)).toEqual([0, 0]);
    await expect.poll(() => left(clientId)).toEqual([0, many]);
  });

  test('it is deleted at once, its tokens and what people allowed it afterwards', async ({ expect }) => {
    const { owner, clientId, hashes } = await aPopularApp(tooMany);
    await removeClient(owner, clientId);
    expect(await patient.$count(clients, eq(clients.clientId, clientId))).toBe(0);
    expect(await tokensOf(clientId)).toBeGreaterThan(0);
    expect(await found(hashes)).toEqual([0, 0]);
    await expect.poll(() => left(clientId)).toEqual([0, 0]);
    await expect.poll(() => endingsOf(clientId)).toBe(0);
  });

  test('an organization’s clients are deleted, each with its line of history, and then the organization', async ({
    expect,
  }) => {
    const { owner, organizationId } = await anOwner(db);
    await patient.execute(sql`
      insert into clients (organization_id, name, name_skeleton, application_type, environment, provenance,
        token_endpoint_auth_method, require_pkce, access_token_lifetime_seconds, refresh_token_lifetime_seconds)
      select ${organizationId}::uuid, 'Ledger', 'Ledger', 'web', 'production', 'docspace', 'client_secret_basic', true, 3600, 86400
      from generate_series(1, ${many}::int)`);
    await patient.execute(sql`
      with people as (
        insert into users (id, name, email)
        select 'usr_' || replace(gen_random_uuid()::text, '-', ''), 'Ada', gen_random_uuid() || '@example.com'
        from generate_series(1, ${many}::int) returning id
      )
      insert into members (organization_id, user_id, role) select ${organizationId}::uuid, id, 'viewer' from people`);
    expect(await removeClients(owner, { organizationId, provenance: 'docspace', all: true })).toBe(many);
    expect(await patient.$count(clients, eq(clients.organizationId, organizationId))).toBe(0);
    expect(await patient.$count(auditEvents, eq(auditEvents.organizationId, organizationId))).toBe(many);
    await patient.update(organizations).set({ personalOf: null }).where(eq(organizations.id, organizationId));
    await removeOrganization(owner, organizationId);
    expect(await patient.$count(organizations, eq(organizations.id, organizationId))).toBe(0);
    expect(await patient.$count(members, eq(members.organizationId, organizationId))).toBe(0);
  });

  test('a secret is revoked: no token issued for it is valid', async ({ expect }) => {
    const { owner, clientId, hashes } = await aPopularApp();
    const { secret } = await createSecret(owner, clientId, { name: 'CI' });
    await createSecret(owner, clientId, { name: 'next' });
    await patient.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`); // without the triggers
      await tx.update(artifacts).set({ secretId: secret.id }).where(eq(artifacts.clientId, clientId));
    });
    await revokeSecret(owner, clientId, secret.id);
    expect(await lastEvent('secret.revoke', clientId)).toEqual({ tokensEnded: many });
    expect(await found(hashes)).toEqual([0, 0]);
    await expect.poll(() => left(clientId)).toEqual([0, many]);
  });

  test('a person revokes the app', async ({ expect }) => {
    const person = await aBusyPerson(tooMany);
    expect(await revokeGrant(person, person.grantId)).toMatchObject({ liveTokens: tooMany });
    expect(await tokensOf(person.clientId)).toBeGreaterThan(0);
    expect(await found(person.hashes)).toEqual([0, 0]);
    await expect.poll(() => left(person.clientId)).toEqual([0, 0]);
  });

  test('a person revokes one scope and grants it again before the last token is deleted: no old token becomes valid', async ({
    expect,
  }) => {
    const person = await aBusyPerson(tooMany);
    expect(await revokeScopes(person, person.grantId, ['read'])).toEqual({ endedTokens: tooMany });
    const [{ clientId }, rest] = [person, { declined: [], claims: [], resources: {}, organizationId: null }];
    await allowAccess(person, { clientId, scopes: ['read'], ...rest });
    expect(await tokensOf(clientId)).toBeGreaterThan(0);
    expect(await found(person.hashes)).toEqual([0, 0]);
    await expect.poll(() => left(clientId)).toEqual([0, 1]);
  });

  test('a person signs in again and apps keep their tokens; after the sign-out they have none', async ({ expect }) => {
    const person = await aBusyPerson();
    const sessionId = await startSession(person, person.actor.userId, { userAgent: 'test' });
    expect(await patient.$count(artifacts, eq(artifacts.sessionId, sessionId))).toBe(many);
    expect(await found(person.hashes)).toEqual([many, many]);
    await endOwnSession({ ...person, actor: { ...person.actor, sessionId } });
    expect(await found(person.hashes)).toEqual([0, 0]);
    await expect.poll(() => tokensOf(person.clientId)).toBe(0);
  });

  test('a person with many sessions ends them all', async ({ expect }) => {
    const person = await aPerson(db);
    await patient.execute(sql`
      insert into sessions (user_id, expires_at)
      select ${person.actor.userId}, now() + interval '90 days' from generate_series(1, ${many}::int)`);
    expect(await endOtherSessions(person)).toBe(many);
  });

  test('a person changes the password and signs all apps out', async ({ expect }) => {
    const person = await aBusyPerson();
    const currentPassword = 'correct horse battery';
    await patient.execute(sql`
      update users set password_hash = ${await hashPassword(currentPassword)} where id = ${person.actor.userId}`);
    await changePassword(person, { currentPassword, newPassword: 'another horse battery', everywhere: true });
    expect(await lastEvent('user.change_password', person.actor.userId)).toEqual({
      endedSessions: 0,
      tokensEnded: many,
    });
    expect(await found(person.hashes)).toEqual([0, 0]);
    await expect.poll(() => left(person.clientId)).toEqual([0, 1]);
  });

  test('an app revokes all tokens of one authorization', async ({ expect }) => {
    const person = await aBusyPerson();
    await endArtifacts(db, { of: 'family', id: `${person.grantId}.one` });
    expect(await found(person.hashes)).toEqual([0, 0]);
    await expect.poll(() => tokensOf(person.clientId)).toBe(0);
  });
});

describe('where each row takes long, for all that is there', () => {
  test('nothing that was ended above is left to be deleted', async () => {
    await expect.poll(() => patient.$count(endings)).toBe(0);
  });

  test('tokens that a stopped process ended but did not delete are invalid, and the next sweep deletes them', async () => {
    const { clientId, hashes } = await aPopularApp();
    await insertEnding(db, { of: 'client', id: clientId });
    expect(await found(hashes)).toEqual([0, 0]);
    expect(await tokensOf(clientId)).toBe(many);
    await deleteExpired(db, new Date());
    expect(await tokensOf(clientId)).toBe(0);
    expect(await patient.$count(endings)).toBe(0);
  });

  test('what is over is swept away', async () => {
    await patient.execute(sql`
      insert into rate_limits (key, count, resets_at) select n::text, 1, now() - interval '1 hour' from generate_series(1, ${many}::int) as n`);
    expect(await deleteExpired(db, new Date())).toBe(many);
  });

  test('a row that always times out is not retried for ever', async () => {
    const tried: number[] = [];
    const connection = connect(databaseUrl, { max: 1, statementTimeoutMs: 20 });
    const hasty = wrap(connection);
    const ends = inSteps(hasty, (_, limit) => {
      tried.push(limit);
      return hasty.execute(sql`select pg_sleep(20)`);
    });
    await expect(ends).rejects.toMatchObject({ cause: { code: '57014' } });
    expect(tried.slice(0, 3)).toEqual([1000, 500, 250]);
    expect(tried.filter((limit) => limit === 1)).toHaveLength(5);
    await connection.end();
  });
});

test('more sessions than a statement has parameters are all ended', async () => {
  const person = await aPerson(db);
  const places = 70_000;
  await patient.execute(sql`alter table sessions disable trigger slow_update`);
  await patient.execute(sql`
    insert into sessions (user_id, expires_at)
    select ${person.actor.userId}, now() + interval '90 days' from generate_series(1, ${places}::int)`);
  expect(await endOtherSessions(person)).toBe(places);
  expect(await patient.$count(sessions, eq(sessions.userId, person.actor.userId))).toBe(places);
});
