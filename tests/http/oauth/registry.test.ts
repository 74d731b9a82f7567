import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { listAuditEvents } from '#lib/audit/index';
import { disableClient, markFirstParty, removeClient, suspendClient } from '#lib/clients/index';
import { hashCredential, mintCredential } from '#lib/credentials/index';
import { registryScopes } from '#lib/kernel/actor';
import { createResource } from '#lib/resources/index';
import { revokeSecret } from '#lib/secrets/index';
import { anOrganization, anOwner, aPerson, type Someone, stranger } from '#support/actors';
import { aToken, everything } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, aSecret, aTokenOf, basic, introspect, post } from '#support/oauth';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const all = [...registryScopes];

async function call(token: string, path: string, { method = 'GET', body, ...more }: Record<string, string> = {}) {
  const answer = await fetch(origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...more },
    ...(body && { body }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
}

describe('the published /o/apps/ program', () => {
  test('an app made at /o/apps/ gets its token at /o/token/ and manages apps by it', async () => {
    const { owner, organizationId } = await anOwner(db);
    const person = await aToken(db, owner, organizationId, { scopes: ['read', 'write'] });
    const app = (await call(person, '/o/apps/', { method: 'POST', body: '{"name":"CI"}' })).body;

    const authorization = basic({ clientId: app.client_id, secret: app.client_secret });
    const form = { grant_type: 'client_credentials', scope: 'read write' };
    const { status, body } = await post('/o/token/', form, { authorization });
    expect({ status, body }).toEqual({
      status: 200,
      body: { access_token: expect.any(String), token_type: 'Bearer', scope: 'read write', expires_in: 3600 },
    });
    const token = body.access_token;

    const made = await call(token, '/o/apps/', { method: 'POST', body: '{"name":"My New Application"}' });
    expect(made.status).toBe(201);
    const listed = (await call(token, '/o/apps/')).body;
    expect(listed).toEqual([
      {
        id: app.id,
        name: 'CI',
        client_id: app.client_id,
        client_secret: app.client_secret,
        client_type: 'confidential',
      },
      { ...made.body, name: 'My New Application', client_type: 'confidential' },
    ]);
    expect((await call(token, `/o/apps/${made.body.id}/`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(token, '/o/apps/')).body).toHaveLength(1);
    const history = await listAuditEvents(owner, { type: 'client', id: made.body.client_id }, { limit: 1 });
    expect(history[0]).toMatchObject({ action: 'client.delete', actorKind: 'client', channel: 'apps' });
  });

  test.each(['read', 'write'])('%s alone is not enough', async (scope) => {
    const token = await aTokenOf(await aMachine(), { scope });
    expect((await call(token, '/o/apps/')).status).toBe(403);
  });
});

describe('a program by its own token', () => {
  const lists = {
    native: '/api/v1/clients',
    DocSpace: '/api/2.0/clients',
    Telnyx: '/v2/oauth_clients',
    Trackle: '/v1/clients',
    '/o/apps/': '/o/apps/',
  };

  test.each(Object.entries(lists))('%s takes it', async (_name, path) => {
    const token = await aTokenOf(await aMachine({ scopes: all }));
    expect((await call(token, path)).status).toBe(200);
  });

  test('SlashID takes it in its own header', async () => {
    const { organizationId, ...machine } = await aMachine({ scopes: all });
    const headers = { 'slashid-api-key': await aTokenOf(machine), 'slashid-orgid': organizationId };
    expect((await fetch(`${origin}/oauth2/clients`, { headers })).status).toBe(200);
  });

  test('is told of it as a developer of its organization', async () => {
    const machine = await aMachine({ scopes: all });
    const me = await call(await aTokenOf(machine, { scope: 'clients:read' }), '/api/v1/me');
    expect(me.body).toMatchObject({
      user_id: null,
      client_id: machine.clientId,
      organization_id: machine.organizationId,
      role: 'developer',
      token_id: null,
      scope: 'clients:read',
    });
  });

  test('changes what it registered itself, sees the rest of its organization, and nothing of others', async () => {
    const machine = await aMachine({ scopes: all });
    const token = await aTokenOf(machine);
    const body = JSON.stringify({ client_name: 'Made', redirect_uris: ['https://app.example/cb'] });
    const made = await call(token, '/api/v1/clients', { method: 'POST', body });
    expect(made.status).toBe(201);
    const own = `/api/v1/clients/${made.body.client_id}`;
    expect((await call(token, own, { method: 'PATCH', body: '{"description":"x"}' })).status).toBe(200);
    const patch = { method: 'PATCH', body: '{"description":"x"}' };
    const sibling = `/api/v1/clients/${await aClientRow(db, { organizationId: machine.organizationId })}`;
    expect((await call(token, sibling)).status).toBe(200);
    expect((await call(token, sibling, patch)).status).toBe(403);
    expect((await call(token, sibling, { method: 'DELETE' })).status).toBe(403);
    const itself = `/api/v1/clients/${machine.clientId}`;
    expect((await call(token, itself, patch)).status).toBe(403);
    const foreign = `/api/v1/clients/${(await aMachine()).clientId}`;
    expect((await call(token, foreign)).status).toBe(404);
    expect((await call(token, own, { method: 'DELETE' })).status).toBe(204);
  });

  test('in DocSpace it is a USER: it meets what it registered itself, and cannot delete the tenant’s', async () => {
    const machine = await aMachine({ scopes: all });
    await aClientRow(db, { organizationId: machine.organizationId });
    const token = await aTokenOf(machine);
    expect((await call(token, `/api/2.0/clients/${machine.clientId}`)).status).toBe(404);
    expect((await call(token, '/api/2.0/clients')).body.data).toEqual([]);
    expect((await call(token, '/api/2.0/clients/tenant', { method: 'DELETE' })).status).toBe(403);
    expect((await call(token, '/api/2.0/clients', { method: 'DELETE' })).status).toBe(403);
  });

  test('does no more than its scopes', async () => {
    const machine = await aMachine({ scopes: all });
    const token = await aTokenOf(machine, { scope: 'clients:read' });
    const body = '{"client_name":"x","application_type":"machine"}';
    expect((await call(token, '/api/v1/clients', { method: 'POST', body })).status).toBe(403);
    expect((await call(token, '/v1/clients', { method: 'POST', body: '{"name":"x"}' })).status).toBe(403);
    const invitations = `/api/v1/organizations/${machine.organizationId}/invitations`;
    expect((await call(token, invitations)).status).toBe(403);
    expect((await call(token, '/api/v1/tokens')).status).toBe(403);
  });

  test('a secret that an API returns later is in the answer only with clients:secrets, and never a 403', async () => {
    const machine = await aMachine({ scopes: all });
    const person = await aToken(db, machine.owner, machine.organizationId, { scopes: everything });
    await call(person, '/v1/clients', { method: 'POST', body: '{"name":"Kept","type":"installed"}' });
    const kept = async (scope: string) => {
      const { status, body } = await call(await aTokenOf(machine, { scope }), '/v1/clients');
      expect(status).toBe(200);
      return JSON.stringify(body).includes('clt_cs_');
    };
    expect(await kept('clients:read')).toBe(false);
    expect(await kept('clients:read clients:secrets')).toBe(true);
  });

  test('a request with a key is answered once, by whichever of its tokens it comes again', async () => {
    const machine = await aMachine({ scopes: all });
    const body = JSON.stringify({ client_name: 'Once', application_type: 'machine' });
    const ask = async () =>
      call(await aTokenOf(machine), '/api/v1/clients', { method: 'POST', body, 'idempotency-key': 'k1' });
    const [first, second] = [await ask(), await ask()];
    expect(first.status).toBe(201);
    expect(second.body).toEqual(first.body);
    const other = await aMachine({ scopes: all });
    const theirs = { method: 'POST', body, 'idempotency-key': 'k1' };
    expect((await call(await aTokenOf(other), '/api/v1/clients', theirs)).body.client_id).not.toBe(
      first.body.client_id,
    );
  });
});

describe('scopes of the registry', () => {
  test('no token registers a client with more of them than it has itself', async () => {
    const machine = await aMachine({ scopes: ['clients:read', 'clients:write', 'clients:secrets'] });
    const asks = { client_name: 'More', application_type: 'machine', scope: 'clients:read clients:secrets' };
    const register = { method: 'POST', body: JSON.stringify(asks) };
    const narrow = await aTokenOf(machine, { scope: 'clients:write' });
    const refused = await call(narrow, '/api/v1/clients', register);
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('clients:secrets');
    const made = await call(await aTokenOf(machine), '/api/v1/clients', register);
    expect(made.status).toBe(201);
    const own = `/api/v1/clients/${made.body.client_id}`;
    const wider = { method: 'PATCH', body: '{"scope":"clients:read clients:secrets clients:write"}' };
    const reader = await aTokenOf(machine, { scope: 'clients:read clients:write' });
    // What it has is no business of whoever changes something else.
    expect((await call(reader, own, wider)).status).toBe(200);
  });
});

describe('for whom a token is', () => {
  test('what only the registry offers is for the registry; what it shares with others only by name', async () => {
    const audienceOf = async (scopes: string[], form: Record<string, string> = {}) => {
      const machine = await aMachine({ scopes });
      return (await introspect(machine, await aTokenOf(machine, form))).aud;
    };
    expect(await audienceOf(['clients:read'])).toBe(origin);
    expect(await audienceOf(['read', 'write', 'openid'])).toBe(origin);
    expect(await audienceOf(['read', 'files:read'], { scope: 'read' })).toBe(origin);
    expect(await audienceOf(['read', 'files:read'])).toBeUndefined();
    expect(await audienceOf(['files:read'])).toBeUndefined();
  });

  test.each(['', '/', '/api/v1', '/api/v1/clients', '/o/apps/', '/oauth2/clients'])(
    'the registry may be asked for by its URL %s',
    async (path) => {
      const machine = await aMachine({ scopes: all });
      const token = await aTokenOf(machine, { resource: origin + path, scope: 'clients:read' });
      expect((await introspect(machine, token)).aud).toBe(origin);
      expect((await call(token, '/api/v1/clients')).status).toBe(200);
    },
  );

  test.each(['/oauth/token', '/api/v1?x=1', '/api/v10', '/clients', '/api/v1#x'])(
    'there is no resource at %s: invalid_target',
    async (path) => {
      const machine = await aMachine({ scopes: all });
      const form = { grant_type: 'client_credentials', resource: origin + path };
      expect((await post('/oauth/token', form, { authorization: basic(machine) })).body.error).toBe('invalid_target');
    },
  );

  test('one for another resource, or for none, is refused', async () => {
    const uri = `https://${randomUUID()}.example/`;
    await createResource(operator, { uri, name: 'Other', scopes: ['clients:read'] });
    const machine = await aMachine({ scopes: ['clients:read', 'files:read'] });
    for (const form of [{ resource: uri, scope: 'clients:read' }, { scope: 'files:read' }] as Record<
      string,
      string
    >[]) {
      const token = await aTokenOf(machine, form);
      const { status, headers } = await call(token, '/api/v1/clients');
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toContain('Bearer error="invalid_token"');
    }
  });
});

describe('a token that is over is refused at the next call', () => {
  type Machine = Awaited<ReturnType<typeof aMachine>>;
  const ends: [string, (machine: Machine, token: string) => Promise<unknown>][] = [
    ['revoked', (machine, token) => post('/oauth/revoke', { token }, { authorization: basic(machine) })],
    ['its client disabled', ({ owner, clientId }) => disableClient(owner, clientId)],
    ['its client suspended', ({ clientId }) => suspendClient(operator, clientId)],
    ['its client suspended past the verb', ({ clientId }) => set(clientId)],
    ['its client deleted', ({ owner, clientId }) => removeClient(owner, clientId)],
    [
      'its secret revoked',
      async ({ owner, clientId, secretId }) => {
        await aSecret(owner, clientId);
        await revokeSecret(owner, clientId, secretId);
      },
    ],
    ['expired', (_machine, token) => change(token, { expiresAt: new Date(Date.now() - 1000) })],
  ];
  const set = (clientId: string) =>
    db.update(clients).set({ status: 'suspended' }).where(eq(clients.clientId, clientId));
  const change = (token: string, values: object) =>
    db
      .update(artifacts)
      .set(values)
      .where(eq(artifacts.hash, hashCredential(token).hash));

  test.each(ends)('%s', async (_title, end) => {
    const machine = await aMachine({ scopes: all });
    const token = await aTokenOf(machine);
    expect((await call(token, '/api/v1/clients')).status).toBe(200);
    await end(machine, token);
    expect((await call(token, '/api/v1/clients')).status).toBe(401);
  });

  test.each(['jkt', 'x5t#S256'])('rule A12: bound to a key (%s), it is none without the proof', async (binding) => {
    const machine = await aMachine({ scopes: all });
    const token = await aTokenOf(machine);
    const [row] = await db
      .select()
      .from(artifacts)
      .where(eq(artifacts.hash, hashCredential(token).hash));
    await change(token, { payload: { ...row?.payload, [binding]: 'thumbprint' } });
    expect((await call(token, '/api/v1/clients')).status).toBe(401);
  });

  test.each(['clt_mt_', 'clt_at_', 'clt_rt_'] as const)('%s that never was', async (prefix) => {
    expect((await call(mintCredential(prefix), '/api/v1/clients')).status).toBe(401);
  });
});

describe('a person’s token', () => {
  /** As the authorization server would keep it. */
  async function aPersonsToken({ actor: { userId } }: Someone, clientId: string, chosen?: string) {
    const scope = 'clients:read clients:write';
    const [grant] = await db.insert(grants).values({ userId, clientId, organizationId: chosen }).returning();
    const token = mintCredential('clt_at_');
    const payload = { kind: 'AccessToken', aud: origin, scope, clientId, accountId: userId };
    const { hash } = hashCredential(token);
    const expiresAt = new Date(Date.now() + 60_000);
    const kept = { hash, kind: 'AccessToken', clientId, userId, grantId: grant?.id, payload, expiresAt };
    await db.insert(artifacts).values(kept);
    return token;
  }

  test('is good in the client’s own organization, with the role of this moment', async () => {
    const { owner, organizationId } = await anOwner(db);
    const clientId = await aClientRow(db, { organizationId });
    const token = await aPersonsToken(owner, clientId);
    expect((await call(token, '/api/v1/me')).body).toMatchObject({
      user_id: owner.actor.userId,
      organization_id: organizationId,
      role: 'owner',
      token_id: null,
    });
    const viewer = await aPerson(db, { roles: { [organizationId]: 'viewer' } });
    const seeing = await aPersonsToken(viewer, clientId);
    expect((await call(seeing, `/api/v1/clients/${clientId}`)).status).toBe(200);
    expect((await call(seeing, `/api/v1/clients/${clientId}`, { method: 'DELETE' })).status).toBe(403);
  });

  test('no consented third-party app reads somebody’s registry; the platform’s own does, in the organization chosen', async () => {
    const { owner, organizationId } = await anOwner(db);
    const clientId = await aClientRow(db, { organizationId: (await anOrganization(db)).id });
    const token = await aPersonsToken(owner, clientId, organizationId);
    expect((await call(token, '/api/v1/clients')).status).toBe(401);
    await markFirstParty(operator, clientId, true);
    expect((await call(token, '/api/v1/me')).body).toMatchObject({ organization_id: organizationId, role: 'owner' });
    await markFirstParty(operator, clientId, false);
    expect((await call(token, '/api/v1/clients')).status).toBe(401);
  });

  test('through a first-party client too it is good only where its person is a member', async () => {
    const [{ owner }, { organizationId: foreign }] = [await anOwner(db), await anOwner(db)];
    const clientId = await aClientRow(db, { organizationId: foreign, firstParty: true });
    expect((await call(await aPersonsToken(owner, clientId, foreign), '/api/v1/clients')).status).toBe(401);
    const [other] = [await aPerson(db)];
    expect((await call(await aPersonsToken(other, clientId), '/api/v1/clients')).status).toBe(401);
  });

  test('an operator has no power of operators by it', async () => {
    const { organizationId } = await anOwner(db);
    const someone = await aPerson(db, { isOperator: true, roles: { [organizationId]: 'viewer' } });
    const token = await aPersonsToken(someone, await aClientRow(db, { organizationId }));
    expect((await call(token, `/api/v1/clients/${(await aMachine()).clientId}`)).status).toBe(404);
  });
});
