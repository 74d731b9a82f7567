import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { users } from '#db/schema/user';
import type { TokenScope } from '#lib/kernel/actor';
import { anOwner, aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { json, problemOf } from '#support/native';

async function anOperator(scopes: TokenScope[] = ['platform:write']) {
  const { organizationId } = await anOwner(db);
  const person = await aPerson(db, { isOperator: true, roles: { [organizationId]: 'owner' } });
  const token = await aToken(db, person, organizationId, { scopes });
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    ask(method, `/api/v1${path}`, { token, body, headers });
  return { person, organizationId, token, call };
}

const texts = { en: { title: 'See orders', description: 'Read orders and their state.' } };
const fresh = (prefix = 'orders') => `${prefix}:${randomUUID().slice(0, 8)}`;
const at = (name: string) => `/platform/scopes/${encodeURIComponent(name)}`;

describe('a token of the platform', () => {
  test('is made by an operator alone, and for nobody else', async () => {
    const { organizationId, owner } = await anOwner(db);
    const admin = await aPerson(db, { isOperator: true, roles: { [organizationId]: 'owner' } });
    const body = { name: 'Deployment', scope: 'platform:read platform:write' };
    const everything: TokenScope[] = ['org:admin', 'platform:read', 'platform:write'];
    const ofOwner = await aToken(db, owner, organizationId, { scopes: everything });
    const problem = await problemOf(await ask('POST', '/api/v1/tokens', { token: ofOwner, body }), 403);
    expect(problem.detail).toContain('does not have platform:read, platform:write');
    const ofAdmin = await aToken(db, admin, organizationId, { scopes: everything });
    expect(await json(await ask('POST', '/api/v1/tokens', { token: ofAdmin, body }), 201)).toMatchObject({
      scope: body.scope,
    });
  });

  test('is refused at the next request once its person is no operator any more', async () => {
    const { call, person } = await anOperator();
    await json(await call('GET', '/platform/scopes'));
    await db.update(users).set({ isOperator: false }).where(eq(users.id, person.actor.userId));
    await problemOf(await call('GET', '/platform/scopes'), 403);
    await problemOf(await call('POST', '/platform/scopes', { name: fresh(), texts }), 403);
  });

  test('reads with platform:read and writes with platform:write alone', async () => {
    const { call } = await anOperator(['platform:read']);
    await json(await call('GET', '/platform/resources'));
    const refused = await call('POST', '/platform/scopes', { name: fresh(), texts });
    expect(refused.headers.get('www-authenticate')).toContain('scope="platform:write"');
    await problemOf(refused, 403);
  });

  test('has scopes that no discovery document, no catalogue and no client has', async () => {
    const { call, organizationId, person } = await anOperator();
    for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/oauth-protected-resource'])
      expect(await (await ask('GET', path)).text()).not.toContain('platform:');
    const token = await aToken(db, person, organizationId, { scopes: ['clients:read', 'clients:write'] });
    expect(await (await ask('GET', '/api/v1/scopes', { token })).text()).not.toContain('platform:');
    const client = { client_name: 'App', application_type: 'machine', scope: 'platform:read' };
    const problem = await problemOf(await ask('POST', '/api/v1/clients', { token, body: client }), 422);
    expect(problem.errors).toMatchObject([{ field: 'scope', rule: 'M16' }]);
    const reserved = await problemOf(await call('POST', '/platform/scopes', { name: 'platform:all', texts }), 422);
    expect(reserved.errors).toMatchObject([{ field: 'name', rule: 'reserved' }]);
    const refused = await ask('GET', '/api/v1/platform/scopes');
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect((await ask('GET', '/.well-known/oauth-protected-resource/api/v1/platform/scopes')).status).toBe(404);
  });
});

describe('a scope of the catalogue', () => {
  test('is made once for a key, read, changed and renamed by its ETag, retired and restored', async () => {
    const { call } = await anOperator();
    const name = fresh();
    const headers = { 'idempotency-key': randomUUID() };
    const made = await call('POST', '/platform/scopes', { name, texts, open_to: 'reviewed' }, headers);
    expect(made.headers.get('location')).toBe(`/api/v1${at(name)}`);
    expect(await json(made, 201)).toMatchObject({
      name,
      open_to: 'reviewed',
      self_registered: false,
      advertised: false,
    });
    const again = await call('POST', '/platform/scopes', { name, texts, open_to: 'reviewed' }, headers);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    const read = await call('GET', at(name));
    const etag = read.headers.get('etag') ?? '';
    expect(await json(read)).toMatchObject({ name, apps: 0, people: 0, version: 1 });
    expect((await call('GET', at(name), undefined, { 'if-none-match': etag })).status).toBe(304);
    await json(await call('PATCH', at(name), { position: 3 }, { 'if-match': etag }));
    await problemOf(await call('PATCH', at(name), { position: 4 }, { 'if-match': etag }), 412);
    await problemOf(await call('POST', `${at(name)}/retire`, undefined, { 'if-match': etag }), 412);
    const next = fresh('bills');
    const half = await problemOf(await call('PATCH', at(name), { new_name: next }), 422);
    expect(half.errors).toMatchObject([{ field: 'old_until' }]);
    const rename = { new_name: next, old_until: '2035-01-01T00:00:00Z' };
    const former_names = [{ name, accepted_until: '2035-01-01T00:00:00.000Z' }];
    expect(await json(await call('PATCH', at(name), rename))).toMatchObject({ name: next, former_names });
    await problemOf(await call('GET', at(name)), 404);
    expect(await json(await call('POST', `${at(next)}/retire`))).toMatchObject({
      retired_at: expect.any(String),
      mails: 0,
    });
    expect(await json(await call('POST', `${at(next)}/restore`))).toMatchObject({ retired_at: null });
  });

  test('may have a URL as its name', async () => {
    const { call } = await anOperator();
    const name = `https://api.example/auth/${randomUUID()}?x=1%20`;
    const location = (await call('POST', '/platform/scopes', { name, texts })).headers.get('location') ?? '';
    expect(await json(await call('GET', location.slice('/api/v1'.length)))).toMatchObject({ name });
  });

  test('is refused with everything that is wrong with it, by the names of this API', async () => {
    const { call } = await anOperator();
    const body = {
      name: 'x y',
      texts: { en: { title: '', description: 'a' } },
      sensitivity: 'restricted',
      self_registered: true,
    };
    const problem = await problemOf(await call('POST', '/platform/scopes', body), 422);
    expect(problem.errors?.map(({ field, pointer }) => pointer ?? field)).toEqual([
      '#/name',
      '#/texts/en/title',
      '#/self_registered',
    ]);
    const unknown = await problemOf(await call('POST', '/platform/scopes', { name: 'x', texts, openTo: 'x' }), 422);
    expect(unknown.errors).toMatchObject([{ field: 'openTo', rule: 'unknown_member' }]);
  });

  test('comes in pages, in the catalogue’s order, each once; a cursor of another list is refused', async () => {
    const { call } = await anOperator();
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await json<{ items: { name: string }[]; next_cursor: string | null }>(
        await call('GET', `/platform/scopes?limit=7${cursor && `&cursor=${cursor}`}`),
      );
      names.push(...page.items.map(({ name }) => name));
      cursor = page.next_cursor ?? '';
    } while (cursor !== '');
    const whole = await json<{ items: { name: string }[] }>(await call('GET', '/platform/scopes?limit=100'));
    expect(names).toEqual(whole.items.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    const first = await json<{ next_cursor: string }>(await call('GET', '/platform/scopes?limit=1'));
    await problemOf(await call('GET', `/platform/resources?cursor=${first.next_cursor}`), 400);
  });

  test('of an OpenAPI document is shown first and added then', async () => {
    const { call } = await anOperator();
    const name = fresh('parcels');
    const flows = { clientCredentials: { tokenUrl: 'https://x.example', scopes: { [name]: 'See parcels.' } } };
    const document = { openapi: '3.1.0', components: { securitySchemes: { main: { type: 'oauth2', flows } } } };
    const dry = await json(await call('POST', '/platform/scope-imports', { document, dry_run: true }));
    expect(dry).toMatchObject({ dry_run: true, added: [{ name, title: 'See parcels', access: 'write' }] });
    await problemOf(await call('GET', at(name)), 404);
    await json(await call('POST', '/platform/scope-imports', { document, group: 'parcels' }));
    expect(await json(await call('GET', at(name)))).toMatchObject({ group: 'parcels' });
    await problemOf(await call('POST', '/platform/scope-imports', { document: {} }), 422);
  });
});

describe('a resource', () => {
  test('is made with its scope, introspecting clients and keys, changed by its ETag, shown beside its scopes, and removed', async () => {
    const { call, organizationId } = await anOperator(['platform:write', 'clients:read']);
    const uri = `https://${randomUUID()}.example/api`;
    const [one, other] = [
      await aClientRow(db, { organizationId }),
      await aClientRow(db, { organizationId }),
    ].toSorted();
    const [first, second] = [fresh(), fresh()];
    await json(await call('POST', '/platform/scopes', { name: first, texts }), 201);
    const body = { uri, name: 'Orders', scope: first, access_token_format: 'jwt', introspected_by: [other, one] };
    const made = await call('POST', '/platform/resources', body);
    const path = (made.headers.get('location') ?? '').slice('/api/v1'.length);
    expect(await json(made, 201)).toMatchObject({
      uri,
      lifetime_seconds: 300,
      introspected_by: [one, other],
      jwks_uri: 'http://127.0.0.1:3000/oauth/jwks',
    });
    const etag = (await call('GET', path)).headers.get('etag') ?? '';
    const created = await call('POST', '/platform/scopes', { name: second, texts, resource: uri });
    expect(await json(created, 201)).toMatchObject({ resources: [uri] });
    await problemOf(await call('PATCH', path, { name: 'Bills' }, { 'if-match': etag }), 412);
    const changed = await json(
      await call('PATCH', path, { access_token_format: 'opaque', lifetime_seconds: null, introspected_by: [] }),
    );
    expect(changed).toMatchObject({
      scope: `${first} ${second}`,
      lifetime_seconds: null,
      introspected_by: [],
      jwks_uri: null,
    });
    const { items } = await json<{ items: { name: string; resources: object[] }[] }>(await call('GET', '/scopes'));
    expect(items.find(({ name }) => name === second)?.resources).toEqual([{ uri, name: 'Orders' }]);
    await problemOf(await call('POST', '/platform/resources', body), 409);
    expect((await call('DELETE', path)).status).toBe(204);
    await problemOf(await call('DELETE', path), 404);
  });

  test('is refused with everything that is wrong with it', async () => {
    const { call, organizationId } = await anOperator();
    const open = await aClientRow(db, { organizationId, tokenEndpointAuthMethod: 'none', requirePkce: true });
    const body = {
      uri: 'x#',
      name: '',
      scope: 'never-was',
      lifetime_seconds: 0,
      introspected_by: [randomUUID(), open],
    };
    const problem = await problemOf(await call('POST', '/platform/resources', body), 422);
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual([
      ...['#/uri', '#/name', '#/scope', '#/lifetime_seconds', '#/introspected_by/0', '#/introspected_by/1'],
    ]);
  });
});
