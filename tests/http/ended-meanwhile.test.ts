import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { eq, like } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients, secrets } from '#db/schema/client';
import { rateLimits } from '#db/schema/rate-limit';
import { apiTokens } from '#db/schema/token';
import { users } from '#db/schema/user';
import { addManager, removeManager, suspendClient } from '#lib/clients/index';
import { changeMemberRole, removeMember } from '#lib/members/index';
import { revokeToken } from '#lib/tokens/index';
import { anOwner, aPerson } from '#support/actors';
import { aToken } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aBody, all } from '#support/native';
import { elsewhere } from '#support/other-process';
import { aRegistrar, asSent, pathOf } from '#support/registration';

/** A request to another process of the installation that has sent its head, and sends its body when it is told to. */
function begin(method: string, path: string, token: string, body: object) {
  const text = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
  };
  const sent = request(elsewhere + path, { method, headers, agent: false });
  sent.write(text.slice(0, 1));
  return async () => {
    sent.end(text.slice(1));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
}

const isAdmitted = async (tokens: { userId: string }) => {
  const [row] = await db.select().from(apiTokens).where(eq(apiTokens.userId, tokens.userId));
  return row?.lastUsedAt ?? null;
};

/** A member with an app that they manage. */
async function aMember() {
  const { owner, organizationId } = await anOwner(db);
  const member = await aPerson(db, { roles: { [organizationId]: 'developer' } });
  const { userId } = member.actor;
  const clientId = await aClientRow(db, { organizationId, name: 'Before', status: 'active' });
  await addManager(owner, clientId, userId);
  const token = await aToken(db, member, organizationId, { scopes: [...all, 'read', 'write'] });
  return { owner, organizationId, userId, clientId, token };
}
type Member = Awaited<ReturnType<typeof aMember>>;

const writes: [string, (member: Member) => [string, string, object]][] = [
  ['a new app', () => ['POST', '/api/v1/clients', aBody]],
  ['an edit', ({ clientId }) => ['PATCH', `/api/v1/clients/${clientId}`, { client_name: 'After' }]],
  ['a new secret', ({ clientId }) => ['POST', `/api/v1/clients/${clientId}/secrets`, { name: 'Mine for later' }]],
  ['an edit by Telnyx’s API', ({ clientId }) => ['PUT', `/v2/oauth_clients/${clientId}`, { name: 'After' }]],
  ['an edit by Trackle’s API', ({ clientId }) => ['PUT', `/v1/clients/${clientId}`, { name: 'After' }]],
  [
    'a new app by CryptoFuse’s API',
    () => ['POST', '/o/apps/', { name: 'After', redirect_uris: 'https://a.example/cb' }],
  ],
];

const ends: [string, (member: Member) => Promise<unknown>][] = [
  ['leaves the organization', ({ owner, organizationId, userId }) => removeMember(owner, organizationId, userId)],
  [
    'becomes a viewer',
    ({ owner, organizationId, userId }) => changeMemberRole(owner, organizationId, userId, 'viewer'),
  ],
  ['is disabled', ({ userId }) => db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId))],
  [
    'has the token revoked',
    async ({ owner, userId }) => {
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.userId, userId));
      await revokeToken(owner, row?.id ?? '');
    },
  ],
];

describe.each(ends)('who %s while a request’s body is on its way', (_title, end) => {
  test.each(writes)('writes nothing by it: %s', async (_what, write) => {
    const member = await aMember();
    const [method, path, body] = write(member);
    const finish = begin(method, path, member.token, body);
    await expect.poll(() => isAdmitted(member)).not.toBeNull();
    const before = await stateOf(member);
    await end(member);
    expect(await finish()).toBeOneOf([401, 403, 404]);
    expect(await stateOf(member)).toEqual(before);
  });
});

const stateOf = async ({ organizationId, clientId }: Member) => [
  await db
    .select({ id: clients.clientId, name: clients.name })
    .from(clients)
    .where(eq(clients.organizationId, organizationId)),
  await db.$count(secrets, eq(secrets.clientId, clientId)),
];

test('who manages an app no more while an edit’s body is on its way does not edit it', async () => {
  const member = await aMember();
  const finish = begin('PATCH', `/api/v1/clients/${member.clientId}`, member.token, { client_name: 'After' });
  await expect.poll(() => isAdmitted(member)).not.toBeNull();
  const before = await stateOf(member);
  await removeManager(member.owner, member.clientId, member.userId);
  expect(await finish()).toBe(403);
  expect(await stateOf(member)).toEqual(before);
});

test('who stays a member is answered, however slow the body', async () => {
  const member = await aMember();
  const finish = begin('PATCH', `/api/v1/clients/${member.clientId}`, member.token, { client_name: 'After' });
  await expect.poll(() => isAdmitted(member)).not.toBeNull();
  expect(await finish()).toBe(200);
});

test('an app that is suspended while its registration is replaced keeps the one it had', async () => {
  const { register } = await aRegistrar();
  const registered = await register();
  const token = String(registered.registration_access_token);
  const finish = begin('PUT', pathOf(registered), token, { ...asSent(registered), client_name: 'After' });
  await expect.poll(() => db.$count(rateLimits, like(rateLimits.key, 'http:registration:change:%'))).toBe(1);
  // Another request of the same process passes the same steps after it.
  expect((await fetch(elsewhere + pathOf(registered), { headers: { authorization: `Bearer ${token}` } })).status).toBe(
    200,
  );
  const operator = {
    db,
    actor: { kind: 'command_line' },
    channel: 'command_line',
    requestId: 'test',
    network: 'test',
  } as const;
  await suspendClient(operator, registered.client_id);
  expect(await finish()).toBe(403);
  const [kept] = await db
    .select({ name: clients.name })
    .from(clients)
    .where(eq(clients.clientId, registered.client_id));
  expect(kept?.name).toBe(registered.client_name);
});
