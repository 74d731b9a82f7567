import { beforeAll, describe, expect, test } from 'vitest';
import { createResource, removeResource } from '#lib/resources/index';
import { aPerson } from '#support/actors';
import { ask } from '#support/api';
import { db } from '#support/database';
import { logo } from '#support/docspace';
import { origin } from '#support/listening';
import { aTenant, type Json, json, type Made, noId, problemOf } from '#support/native';

let mine: Awaited<ReturnType<typeof aTenant>>;
let app: Made;
beforeAll(async () => {
  mine = await aTenant();
  app = await mine.make({ client_uri: 'https://app.example', localized: { it: { client_name: 'Fatture' } } });
});

const anyone = (path: string, headers?: Record<string, string>) => ask('GET', `/api/v1${path}`, { headers });

describe('public information', () => {
  test('is for anyone, and holds nothing private', async () => {
    const answer = await anyone(`/public/clients/${app.client_id}`);
    const info = await json(answer);
    expect(info).toEqual({
      client_id: app.client_id,
      client_name: 'Invoices',
      description: 'Files invoices',
      publisher: 'Acme',
      client_uri: 'https://app.example',
      policy_uri: null,
      tos_uri: null,
      logo_url: null,
      localized: { it: { client_name: 'Fatture' } },
      scope: 'openid profile',
      status: 'active',
      verified: false,
      standing: 'unverified',
      open_to_other_organizations: true,
      created_at: app.created_at,
      updated_at: app.updated_at,
    });
    for (const id of [noId, 'nonsense', '%00']) await problemOf(await anyone(`/public/clients/${id}`), 404);
  });

  test('of several comes in the order asked, each once, unknown ones left out', async () => {
    const other = await (await aTenant()).make();
    const path = `/public/clients?client_id=${other.client_id},${noId}&client_id=${app.client_id},${app.client_id}`;
    const { items } = await json<{ items: Json[] }>(await anyone(path));
    expect(items.map(({ client_id }) => client_id)).toEqual([other.client_id, app.client_id]);
    for (const query of ['', '?client_id=', '?client_id=x', `?client_id=${Array(51).fill(noId).join(',')}`, '?ids=1'])
      await problemOf(await anyone(`/public/clients${query}`), 400);
  });

  test('may be read by browsers of any origin and kept as long as the ETag holds; nothing else may', async () => {
    const path = `/public/clients/${app.client_id}`;
    for (const at of [path, `/public/clients?client_id=${app.client_id}`]) {
      const answer = await anyone(at, { origin: 'https://other.example' });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const etag = answer.headers.get('etag') ?? '';
      expect((await anyone(at, { 'if-none-match': etag })).status).toBe(304);
    }
    const preflight = await ask('OPTIONS', `/api/v1${path}`);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
    const headers = { origin: 'https://other.example', 'access-control-request-method': 'GET' };
    for (const at of [
      '/clients',
      `/clients/${app.client_id}`,
      '/scopes',
      '/me',
      '/tokens',
      '/openapi.json',
      '/nothing',
    ]) {
      for (const method of ['GET', 'OPTIONS'])
        expect((await mine.call(method, at, { headers })).headers.get('access-control-allow-origin'), at).toBeNull();
    }
  });
});

test('the catalogue of scopes is for any token', async () => {
  const { token } = await mine.tokenOf('viewer', ['read']);
  const { items } = await json<{ items: Json[] }>(await mine.call('GET', '/scopes', { token }));
  expect(items.find(({ name }) => name === 'openid')).toMatchObject({
    access: 'identity',
    texts: { en: expect.anything() },
  });
  await problemOf(await anyone('/scopes'), 401);
});

test('each scope names the APIs that offer it, as `resource` asks for them', async () => {
  const scopesNow = async () => (await json<{ items: Json[] }>(await mine.call('GET', '/scopes'))).items;
  const named = async (name: string) => (await scopesNow()).find((scope) => scope.name === name)?.resources;
  expect(await named('clients:read')).toEqual([{ uri: origin, name: 'Clientele' }]);
  const operator = await aPerson(db, { isOperator: true });
  const uri = `https://files-${crypto.randomUUID()}.example`;
  await createResource(operator, { uri, name: 'Files', scopes: ['files:read'] });
  expect(await named('files:read')).toContainEqual({ uri, name: 'Files' });
  expect(await named('files:write')).not.toContainEqual({ uri, name: 'Files' });
  await removeResource(operator, uri);
  expect(await named('files:read')).not.toContainEqual({ uri, name: 'Files' });
});

describe('a logo', () => {
  const png = Buffer.from(logo.split(',')[1] ?? '', 'base64');
  const put = (body: Uint8Array, type: string, headers = {}) =>
    ask('PUT', `/api/v1/clients/${app.client_id}/logo`, {
      token: mine.token,
      body: Buffer.from(body).toString('latin1'),
      headers: { 'content-type': type, ...headers },
    });

  test('that is no image, or not said to be one, is refused', async () => {
    expect((await problemOf(await put(Buffer.from('nonsense'), 'image/png'), 422)).errors).toMatchObject([
      { field: 'logo' },
    ]);
    await problemOf(await put(png, 'application/json'), 415);
    await problemOf(await put(Buffer.alloc(1024 * 1024 + 1), 'image/png'), 413);
  });

  test('is sent as it is, shown as our own, and taken away', async () => {
    const { api } = await import('#lib/http/app');
    const path = `/api/v1/clients/${app.client_id}/logo`;
    const headers = { authorization: `Bearer ${mine.token}`, 'content-type': 'image/png' };
    const put = await json(await api.request(path, { method: 'PUT', headers, body: new Uint8Array(png) }));
    expect(put.logo_url).toMatch(/\/logos\/[0-9a-f]{64}\.png$/);
    const shown = await ask('GET', new URL(String(put.logo_url)).pathname);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await json(await mine.call('DELETE', `/clients/${app.client_id}/logo`))).toMatchObject({ logo_url: null });
  });
});
