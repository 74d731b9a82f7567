import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#db/client';
import { atOnce } from '#db/queries/in-steps';
import { artifacts } from '#db/schema/artifact';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { disableClient, removeClient, removeClients, suspendClient } from '#lib/clients/index';
import { takeBackScopes } from '#lib/grants/index';
import { endOtherSessions, endOwnSession, startSession } from '#lib/sessions/index';
import { anOwner, aPerson, stranger } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { databaseUrl, db } from '#support/database';
import { refuseMuch } from '#support/refuse-much';

/** More than one step of each kind. */
const many = atOnce + 2000;

beforeAll(() => refuseMuch({ deleted: ['artifacts', 'grants', 'clients'], changed: ['artifacts', 'sessions'] }));

/** Without a limit of time, for what the tests start from. */
const patient = connect(databaseUrl, { max: 1, statementTimeoutMs: 0 });
afterAll(() => patient.end());

/** A client that many people use, each of them with a token. */
async function aPopularApp() {
  const { owner, organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId, createdBy: owner.actor.userId });
  await patient`
    with people as (
      insert into users (id, name, email)
      select 'usr_' || replace(gen_random_uuid()::text, '-', ''), 'Ada', gen_random_uuid() || '@example.com'
      from generate_series(1, ${many}::int)
      returning id
    ), allowed as (
      insert into grants (user_id, client_id) select id, ${clientId}::uuid from people returning id, user_id
    )
    insert into artifacts (hash, kind, client_id, user_id, grant_id, payload)
    select id::text, 'AccessToken', ${clientId}::uuid, user_id, id, '{}' from allowed`;
  return { owner, organizationId, clientId };
}

const tokensOf = (clientId: string) => db.$count(artifacts, eq(artifacts.clientId, clientId));
const grantsOf = (clientId: string) => db.$count(grants, eq(grants.clientId, clientId));

test('a client that very many people use is deleted, in steps that no limit of time stops', async () => {
  const { owner, clientId } = await aPopularApp();
  expect([await tokensOf(clientId), await grantsOf(clientId)]).toEqual([many, many]);
  await removeClient(owner, clientId);
  expect([await tokensOf(clientId), await grantsOf(clientId)]).toEqual([0, 0]);
  expect(await db.$count(clients, eq(clients.clientId, clientId))).toBe(0);
});

test('it is disabled, and suspended, and both say how many tokens that ended', async () => {
  const { owner, clientId } = await aPopularApp();
  await disableClient(owner, clientId);
  const [event] = await db.select().from(auditEvents).where(eq(auditEvents.action, 'client.disable'));
  expect(event?.after).toEqual({ status: 'disabled', tokensEnded: many });
  expect([await tokensOf(clientId), await grantsOf(clientId)]).toEqual([0, many]);

  const another = await aPopularApp();
  const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
  expect(await suspendClient(operator, another.clientId)).toEqual({ status: 'suspended', tokensEnded: many });
  expect(await tokensOf(another.clientId)).toBe(0);
});

test('an organization’s clients, however many, are deleted at once, each with its line of history', async () => {
  const { owner, organizationId } = await anOwner(db);
  await patient`
    insert into clients (organization_id, name, name_skeleton, application_type, environment, provenance,
      token_endpoint_auth_method, require_pkce, access_token_lifetime_seconds, refresh_token_lifetime_seconds)
    select ${organizationId}::uuid, 'Ledger', 'Ledger', 'web', 'production', 'portal', 'client_secret_basic', true, 3600, 86400
    from generate_series(1, ${many})`;
  expect(await db.$count(clients, eq(clients.organizationId, organizationId))).toBe(many);
  expect(await removeClients(owner, { organizationId, provenance: 'portal', all: true })).toBe(many);
  expect(await db.$count(clients, eq(clients.organizationId, organizationId))).toBe(0);
  expect(await db.$count(auditEvents, eq(auditEvents.organizationId, organizationId))).toBe(many);
});

/** A person who is signed in, with very many access tokens of one app under one grant, all of that session. */
async function aBusyPerson() {
  const person = await aPerson(db);
  const { userId } = person.actor;
  const { organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId });
  const grant = { userId, clientId, scopes: ['read', 'write'] };
  const [allowed] = await db.insert(grants).values(grant).returning({ id: grants.id });
  const sessionId = await startSession(person, userId, { userAgent: 'test' });
  await patient`
    insert into artifacts (hash, kind, client_id, user_id, grant_id, session_id, payload)
    select gen_random_uuid()::text, 'AccessToken', ${clientId}::uuid, ${userId}, ${allowed?.id ?? ''}::uuid, ${sessionId}::uuid, '{"scope":"read"}'
    from generate_series(1, ${many}::int)`;
  return { ...person, actor: { ...person.actor, sessionId }, clientId, grantId: allowed?.id ?? '' };
}

test('a person who signs in once more keeps all that apps were given, and who signs out nothing', async () => {
  const person = await aBusyPerson();
  const sessionId = await startSession(person, person.actor.userId, { userAgent: 'test' });
  expect(await db.$count(artifacts, eq(artifacts.sessionId, sessionId))).toBe(many);
  await endOwnSession({ ...person, actor: { ...person.actor, sessionId } });
  expect(await tokensOf(person.clientId)).toBe(0);
});

test('one scope is taken back, and it is said how many tokens that ended', async () => {
  const person = await aBusyPerson();
  expect(await takeBackScopes(person, person.grantId, ['read'])).toEqual({ endedTokens: many });
  expect(await tokensOf(person.clientId)).toBe(0);
});

test('who is signed in at very many places ends them all', async () => {
  const person = await aPerson(db);
  const places = 70_000; // more than a statement may have parameters
  await patient`
    insert into sessions (user_id, expires_at) select ${person.actor.userId}, now() + interval '90 days' from generate_series(1, ${places}::int)`;
  expect(await endOtherSessions(person)).toBe(places);
});
