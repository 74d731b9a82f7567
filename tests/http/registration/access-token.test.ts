import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { anOrganization, aPerson } from '#support/actors';
import { anAgent, aWebApp, tokensOf } from '#support/authorizing';
import { aKey } from '#support/client-keys';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, aTokenOf, basic, introspect, post } from '#support/oauth';
import { proofOf } from '#support/possession';
import { aBody, type Registered } from '#support/registration';

async function register(token: string, body: object = {}, headers: Record<string, string> = {}, path = '') {
  const answer = await fetch(`${origin}${path || '/oauth/register'}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...aBody, ...body }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Registered };
}

const rowOf = async ({ client_id }: Registered) =>
  (await db.select().from(clients).where(eq(clients.clientId, client_id)))[0];

describe('RFC 7591 §3: a program’s own access token', () => {
  test.each(['/oauth/register', '/v2/oauth/register'])(
    'with clients:write registers in its organization, and what it registered is its own: %s',
    async (path) => {
      const machine = await aMachine({ scopes: ['clients:write'] });
      const { status, body } = await register(await aTokenOf(machine), {}, {}, path);
      expect(status).toBe(201);
      expect(body.registration_client_uri).toBe(`${origin}/oauth/register/${body.client_id}`);
      const { organizationId, clientId: createdByClient } = machine;
      expect(await rowOf(body)).toMatchObject({ organizationId, createdBy: null, createdByClient });
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.targetId, body.client_id));
      expect(event).toMatchObject({ action: 'client.create', actorKind: 'client', channel: 'registration' });
    },
  );

  test('without clients:write: 403', async () => {
    const machine = await aMachine({ scopes: ['clients:read', 'write'] });
    expect((await register(await aTokenOf(machine))).status).toBe(403);
  });

  test('gives no scope of the registry that it lacks', async () => {
    const machine = await aMachine({ scopes: ['clients:write'] });
    const { status, body } = await register(await aTokenOf(machine), { scope: 'openid clients:secrets' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: 'invalid_client_metadata',
      errors: [{ field: 'scope', rule: 'beyond_token' }],
    });
  });

  test('that is for another audience, or for none, is refused: 401', async () => {
    const machine = await aMachine({ scopes: ['clients:write', 'files:read'] });
    const token = await aTokenOf(machine, { scope: 'files:read' });
    expect((await introspect(machine, token)).aud).toBeUndefined();
    expect((await register(token)).status).toBe(401);
  });

  test('may be asked for by the URL of registration, to which a 401 points', async () => {
    const machine = await aMachine({ scopes: ['clients:write', 'files:read'] });
    const [, document = ''] = /resource_metadata="([^"]+)"/.exec(
      (await register('none')).headers.get('www-authenticate') ?? '',
    ) ?? ['', ''];
    const { resource } = (await (await fetch(document)).json()) as { resource: string };
    expect(resource).toBe(`${origin}/oauth/register`);
    const token = await aTokenOf(machine, { resource, scope: 'clients:write' });
    expect((await register(token)).status).toBe(201);
  });

  test('that is bound to a key registers with a proof, once, and not as Bearer', async () => {
    const [machine, key] = [await aMachine({ scopes: ['clients:write'] }), await aKey()];
    const asked = { authorization: basic(machine), dpop: await proofOf(key) };
    const { body } = await post('/oauth/token', { grant_type: 'client_credentials' }, asked);
    const token: string = body.access_token;
    const headers = { authorization: `DPoP ${token}`, dpop: await proofOf(key, { path: '/oauth/register', token }) };
    expect((await register(token, {}, headers)).status).toBe(201);
    const again = await register(token, {}, headers);
    expect(again.status).toBe(401);
    expect(again.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_dpop_proof", /);
    expect((await register(token)).status).toBe(401);
  });
});

describe('a person’s access token', () => {
  const scopes = ['clients:write'];
  const asked = { scope: 'clients:write', resource: origin };

  test('registers for its person, in the organization of the app that they are a member of', async () => {
    const app = await aWebApp({ scopes });
    const { access_token } = await tokensOf(await anAgent(app.owner), app, asked);
    const { status, body } = await register(access_token);
    expect(status).toBe(201);
    const createdBy = app.owner.actor.userId;
    expect(await rowOf(body)).toMatchObject({ organizationId: app.organizationId, createdBy });
  });

  test('through a first-party app it registers in the organization that they chose', async () => {
    const app = await aWebApp({ scopes, firstParty: true });
    const chosen = await anOrganization(db);
    const person = await aPerson(db, { roles: { [chosen.id]: 'developer' } });
    const { access_token } = await tokensOf(await anAgent(person), app, asked, { organization: chosen.id });
    const { status, body } = await register(access_token);
    expect(status).toBe(201);
    expect(await rowOf(body)).toMatchObject({ organizationId: chosen.id, createdBy: person.actor.userId });
  });

  test('of a viewer is refused, and through somebody else’s app it is no token here', async () => {
    const app = await aWebApp({ scopes });
    const viewer = await aPerson(db, { roles: { [app.organizationId]: 'viewer' } });
    const seeing = await tokensOf(await anAgent(viewer), app, asked);
    expect((await register(seeing.access_token)).status).toBe(403);
    const stranger = await tokensOf(await anAgent(await aPerson(db)), app, asked);
    expect((await register(stranger.access_token)).status).toBe(401);
  });
});

describe('RFC 7592', () => {
  test.each(['GET', 'PUT', 'DELETE'])(
    'no access token manages a registration, not even its creator’s: %s',
    async (method) => {
      const machine = await aMachine({ scopes: ['clients:write'] });
      const token = await aTokenOf(machine);
      const { body } = await register(token);
      const answer = await fetch(body.registration_client_uri, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'PUT' && { body: JSON.stringify({ ...aBody, client_id: body.client_id }) }),
      });
      expect(answer.status).toBe(401);
      expect(await rowOf(body)).toBeDefined();
    },
  );
});
