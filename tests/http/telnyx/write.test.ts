import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients, secrets } from '#db/schema/client';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aBody, anAccount, type Item, keys, refusalOf } from '#support/telnyx';

let mine: Awaited<ReturnType<typeof anAccount>>;
beforeAll(async () => {
  mine = await anAccount();
});
const web = {
  allowed_grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['https://shop.example/cb'],
};
const put = async (id: string, body: object) => {
  const answer = await ask('PUT', `/v2/oauth_clients/${id}`, { token: mine.token, body });
  return {
    status: answer.status,
    ...((await answer.json()) as { data: Item; error?: string; error_description?: string }),
  };
};

describe('POST', () => {
  test('returns the secret, and no later read does; no readable copy is kept', async () => {
    const made = await mine.make();
    expect(Object.keys(made).sort()).toEqual(keys);
    expect(made).toMatchObject({
      record_type: 'oauth_client',
      name: 'Invoice sync',
      org_id: mine.organizationId,
      user_id: mine.owner.actor.userId,
      client_type: 'confidential',
      require_pkce: false,
      allowed_scopes: ['admin'],
      allowed_grant_types: ['client_credentials'],
      redirect_uris: [],
      logo_uri: null,
      tos_uri: null,
      policy_uri: null,
      client_secret: expect.stringMatching(/^clt_cs_/),
    });
    const one = await ask('GET', `/v2/oauth_clients/${made.client_id}`, mine);
    expect(await one.json()).toEqual({ data: { ...made, client_secret: null } });
    const [row] = await db.select().from(secrets).where(eq(secrets.clientId, made.client_id));
    expect(row).toMatchObject({ sealed: null, channel: 'telnyx' });
  });

  test('a public client has no secret and always PKCE', async () => {
    const made = await mine.make({ client_type: 'public', require_pkce: false, ...web });
    expect(made).toMatchObject({ client_type: 'public', require_pkce: true, client_secret: null });
  });

  test('keeps every member that it documents', async () => {
    const pages = { logo_uri: 'https://shop.example/l.png', tos_uri: 'https://shop.example/t', policy_uri: null };
    expect(await mine.make({ ...web, require_pkce: true, ...pages })).toMatchObject({
      require_pkce: true,
      ...web,
      ...pages,
    });
  });

  test.each<[string, object, RegExp]>([
    ['authorization_code without a redirect URI', { allowed_grant_types: ['authorization_code'] }, /redirect_uris: /],
    ['a public client with client_credentials', { client_type: 'public' }, /allowed_grant_types: /],
    ['an unknown scope', { allowed_scopes: ['nobody:knows'] }, /allowed_scopes\.0: .*nobody:knows/],
    ['a redirect URI with a fragment', { ...web, redirect_uris: ['https://shop.example/#'] }, /redirect_uris\.0: /],
    ['no grant type', { allowed_grant_types: [] }, /allowed_grant_types: /],
    ['a page that is not https', { tos_uri: 'http://shop.example/t' }, /tos_uri: /],
  ])('%s: 422', async (_, body, text) => {
    const answer = await ask('POST', '/v2/oauth_clients', { token: mine.token, body: { ...aBody, ...body } });
    expect(answer.status).toBe(422);
    expect(await refusalOf(answer)).toEqual({
      error: 'validation_error',
      error_description: expect.stringMatching(text),
    });
  });
});

test('a client that no person created has an empty user_id, as text', async () => {
  const clientId = await aClientRow(db, { organizationId: mine.organizationId, createdBy: null });
  const answer = await ask('GET', `/v2/oauth_clients/${clientId}`, mine);
  expect(((await answer.json()) as { data: Item }).data).toMatchObject({ client_id: clientId, user_id: '' });
});

describe('PUT', () => {
  test('changes what it names and nothing else; nothing named changes nothing', async () => {
    const made = await mine.make({ ...web, logo_uri: 'https://shop.example/l.png' });
    const { data } = await put(made.client_id, { name: 'Shop', logo_uri: null });
    expect(data).toEqual({ ...made, name: 'Shop', logo_uri: null, client_secret: null, updated_at: data.updated_at });
    expect((await put(made.client_id, {})).data).toEqual(data);
  });

  test('takes each member that it documents', async () => {
    const made = await mine.make();
    const body = { ...web, allowed_scopes: ['read'], require_pkce: true, tos_uri: 'https://shop.example/t' };
    expect((await put(made.client_id, body)).data).toMatchObject(body);
  });

  test('never changes the client type: 422, and the client stays as it was', async () => {
    const made = await mine.make();
    for (const client_type of ['public', 'confidential'])
      expect(await put(made.client_id, { name: 'Other', client_type })).toEqual({
        status: 422,
        error: 'validation_error',
        error_description: 'client_type: It cannot be changed.',
      });
    const [row] = await db.select().from(clients).where(eq(clients.clientId, made.client_id));
    expect(row).toMatchObject({ name: 'Invoice sync', version: 1 });
  });

  test('leaves grant types alone that it has no word for', async () => {
    const made = await mine.make(web);
    const device = 'urn:ietf:params:oauth:grant-type:device_code';
    const own = eq(clients.clientId, made.client_id);
    await db
      .update(clients)
      .set({ grantTypes: ['authorization_code', device] })
      .where(own);
    const { data } = await put(made.client_id, { allowed_grant_types: ['authorization_code', 'refresh_token'] });
    expect(data.allowed_grant_types).toEqual(['authorization_code', 'refresh_token']);
    const [row] = await db.select({ grantTypes: clients.grantTypes }).from(clients).where(own);
    expect(row?.grantTypes).toEqual(['authorization_code', 'refresh_token', device]);
  });

  test('moves a public client to this machine, which makes it a native one', async () => {
    const made = await mine.make({ ...web, client_type: 'public' });
    const redirect_uris = ['http://127.0.0.1/cb'];
    expect((await put(made.client_id, { redirect_uris })).data).toMatchObject({ redirect_uris });
  });
});

describe('DELETE', () => {
  test('is 204 without a body, for good; its history stays', async () => {
    const made = await mine.make();
    const path = `/v2/oauth_clients/${made.client_id}`;
    const gone = await ask('DELETE', path, mine);
    expect([gone.status, await gone.text()]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE']) expect((await ask(method, path, mine)).status).toBe(404);
    const ofClient = eq(auditEvents.targetId, made.client_id);
    const events = await db.select().from(auditEvents).where(ofClient).orderBy(auditEvents.id);
    expect(events.map(({ action }) => action)).toEqual(['client.create', 'client.delete']);
    for (const { channel } of events) expect(channel).toBe('telnyx');
    expect(JSON.stringify(events)).not.toContain(made.client_secret);
  });
});

describe('roles', () => {
  test('a developer sees all and changes their own; a viewer changes nothing', async () => {
    const app = await mine.make();
    const tokenOf = async (role: 'developer' | 'viewer') =>
      aToken(db, await aPerson(db, { roles: { [mine.organizationId]: role } }), mine.organizationId);
    const path = `/v2/oauth_clients/${app.client_id}`;
    for (const token of [await tokenOf('developer'), await tokenOf('viewer')]) {
      expect((await ask('GET', path, { token })).status).toBe(200);
      for (const method of ['PUT', 'DELETE']) {
        const answer = await ask(method, path, { token, body: method === 'PUT' ? { name: 'Mine' } : undefined });
        expect([answer.status, (await refusalOf(answer)).error]).toEqual([403, 'forbidden']);
      }
    }
    const answer = await ask('POST', '/v2/oauth_clients', { token: await tokenOf('viewer'), body: aBody });
    expect(answer.status).toBe(403);
  });
});
