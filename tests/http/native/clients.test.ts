import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { encodeLogo, storeLogo } from '#lib/logos/index';
import { db } from '#support/database';
import { aBody, aTenant, type Json, json, noId, problemOf } from '#support/native';
import { picture } from '#support/pictures';

let mine: Awaited<ReturnType<typeof aTenant>>;
beforeAll(async () => {
  mine = await aTenant();
});

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('POST /clients', () => {
  test('answers 201 with the whole client and its secret, which no later read shows', async () => {
    const answer = await mine.call('POST', '/clients', { body: aBody });
    const client = await json(answer, 201);
    expect(client).toMatchObject({
      client_name: 'Invoices',
      application_type: 'web',
      environment: 'production',
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      require_pkce: true,
      scope: 'openid profile',
      access_token_lifetime_seconds: 3600,
      refresh_token_lifetime_seconds: 30 * 24 * 3600,
      organization_id: mine.organizationId,
      provenance: 'native',
      status: 'active',
      version: 1,
      client_secret: expect.stringMatching(/^clt_cs_[0-9A-Za-z]{49}$/),
      created_at: expect.stringMatching(moment),
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/clients/${client.client_id}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    const read = await json(await mine.call('GET', `/clients/${client.client_id}`));
    const { client_secret: _, secret_id: _id, ...rest } = client;
    expect(read).toEqual(rest);
  });

  test('a name is enough without redirects; a public client has no secret', async () => {
    const machine = await mine.make({ application_type: 'machine', redirect_uris: undefined });
    expect(machine).toMatchObject({ grant_types: ['client_credentials'], client_secret: expect.any(String) });
    const spa = await mine.make({ application_type: 'spa' });
    expect(spa).toMatchObject({ token_endpoint_auth_method: 'none', require_pkce: true });
    expect(spa).not.toHaveProperty('client_secret');
  });

  test('every broken rule is named at once, by its place and its id', async () => {
    const body = {
      client_name: ' ',
      redirect_uris: ['https://ok.example/cb', 'http://evil.example/#x'],
      contacts: ['no'],
    };
    const problem = await problemOf(await mine.call('POST', '/clients', { body }), 422);
    expect(problem.errors).toEqual(
      expect.arrayContaining([
        { in: 'body', field: 'client_name', pointer: '#/client_name', rule: 'M11', message: expect.any(String) },
        expect.objectContaining({ pointer: '#/redirect_uris/1' }),
        expect.objectContaining({ pointer: '#/contacts/0', rule: 'M15' }),
      ]),
    );
    const localized = { de: { client_name: '\u202eevil' } };
    const inner = await problemOf(await mine.call('POST', '/clients', { body: { ...aBody, localized } }), 422);
    expect(inner.errors?.[0]).toMatchObject({ field: 'localized', pointer: '#/localized/de/client_name' });
    const scope = await problemOf(
      await mine.call('POST', '/clients', { body: { ...aBody, scope: 'openid nope' } }),
      422,
    );
    expect(scope.errors).toMatchObject([{ pointer: '#/scope', rule: 'M16' }]);
  });

  test('unknown, missing and mistyped members are named too', async () => {
    const body = {
      redirect_uris: 'https://app.example',
      clientName: 'x',
      environment: 'moon',
      grant_types: ['implicit'],
    };
    const { errors } = await problemOf(await mine.call('POST', '/clients', { body }), 422);
    expect(errors?.map(({ pointer, rule }) => [pointer, rule]).sort()).toEqual([
      ['#/clientName', 'unknown_member'],
      ['#/environment', 'environment'],
      ['#/grant_types/0', 'M4'],
      ['#/redirect_uris', 'R1'],
    ]);
    expect(errors?.find(({ field }) => field === 'grant_types')?.message).toContain('implicit is not offered');
  });

  test('a product of the organization may own it, another’s may not', async () => {
    const { errors } = await problemOf(
      await mine.call('POST', '/clients', { body: { ...aBody, product_id: 2_000_000_000 } }),
      422,
    );
    expect(errors).toMatchObject([{ field: 'product_id' }]);
  });
});

describe('GET /clients/{client_id}', () => {
  test('is 304 for a client that has it', async () => {
    const { client_id } = await mine.make();
    const path = `/clients/${client_id}`;
    const etag = (await mine.call('GET', path)).headers.get('etag') ?? '';
    for (const known of [etag, `"0", W/${etag}`, '*']) {
      const again = await mine.call('GET', path, { headers: { 'if-none-match': known } });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    await db.update(clients).set({ lastUsedAt: new Date() }).where(eq(clients.clientId, client_id));
    const used = await mine.call('GET', path, { headers: { 'if-none-match': etag } });
    expect((await json(used)).last_used_at).toMatch(moment);
    expect(used.headers.get('etag')).toMatch(/^"1\.[0-9a-z]+"$/);
  });

  test('a fetched logo changes the ETag and not the version', async () => {
    const { client_id } = await mine.make();
    const path = `/clients/${client_id}`;
    const etag = (await mine.call('GET', path)).headers.get('etag') ?? '';
    const logoHash = await storeLogo(db, await encodeLogo(await picture('#abcdef')));
    const fetched = { logoHash, logoFetchedFrom: 'https://app.example/logo.png', lastUsedAt: new Date() };
    await db.update(clients).set(fetched).where(eq(clients.clientId, client_id));
    const after = await mine.call('GET', path, { headers: { 'if-none-match': etag } });
    expect((await json(after)).logo_url).toMatch(new RegExp(`/logos/${logoHash}\\.png$`));
    const now = after.headers.get('etag') ?? '';
    expect(now).toMatch(/^"1(?:\.[0-9a-z]+){2}"$/);
    const body = { description: 'new' };
    expect((await json(await mine.call('PATCH', path, { body, headers: { 'if-match': now } }))).version).toBe(2);
  });
});

describe('PATCH /clients/{client_id}', () => {
  const patch = async (id: string, body: object, headers: Record<string, string> = {}) =>
    mine.call('PATCH', `/clients/${id}`, {
      body,
      headers: { 'content-type': 'application/merge-patch+json', ...headers },
    });

  test('changes what it names and nothing else, and writes it into history', async () => {
    const { client_secret: _s, secret_id: _i, ...before } = await mine.make({ client_uri: 'https://app.example' });
    const after = await json(await patch(before.client_id, { description: 'new', scope: 'openid' }));
    const changed = { description: 'new', scope: 'openid', version: 2, updated_at: expect.stringMatching(moment) };
    expect(after).toEqual({ ...before, ...changed, updated_by: mine.owner.actor.userId });
    const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, before.client_id));
    expect(events.find(({ action }) => action === 'client.update')).toMatchObject({
      channel: 'native',
      actorKind: 'token',
      after: { description: 'new', scopes: ['openid'] },
    });
    const plain = await patch(before.client_id, { description: '' }, { 'content-type': 'application/json' });
    expect((await json(plain)).description).toBe('');
  });

  test('RFC 7396: null removes, objects are merged, lists are replaced', async () => {
    const localized = {
      de: { client_name: 'Rechnungen', tos_uri: 'https://app.example/agb' },
      fr: { client_name: 'F' },
    };
    const { client_id } = await mine.make({
      client_uri: 'https://app.example',
      contacts: ['a@app.example'],
      localized,
    });
    const after = await json(
      await patch(client_id, {
        client_uri: null,
        contacts: null,
        localized: { de: { tos_uri: null }, fr: null, it: { client_name: 'Fatture' } },
        redirect_uris: ['https://app.example/two'],
      }),
    );
    expect(after).toMatchObject({ client_uri: null, contacts: [], redirect_uris: ['https://app.example/two'] });
    expect(after.localized).toEqual({ de: { client_name: 'Rechnungen' }, it: { client_name: 'Fatture' } });
    expect((await json(await patch(client_id, { localized: null, description: null }))).localized).toEqual({});
  });

  test('userinfo_signed_response_alg is one that we sign with; null is plain JSON', async () => {
    const { client_id, userinfo_signed_response_alg } = await mine.make({ userinfo_signed_response_alg: 'ES256' });
    expect(userinfo_signed_response_alg).toBe('ES256');
    const wrong = await problemOf(await patch(client_id, { userinfo_signed_response_alg: 'HS256' }), 422);
    expect(wrong.errors).toMatchObject([{ pointer: '#/userinfo_signed_response_alg' }]);
    const plain = await json(await patch(client_id, { userinfo_signed_response_alg: null }));
    expect(plain).toMatchObject({ userinfo_signed_response_alg: null, version: 2 });
  });

  test('optional_scopes are some of scope, and leave with it', async () => {
    const { client_id, optional_scopes } = await mine.make({ scope: 'openid email read', optional_scopes: ['read'] });
    expect(optional_scopes).toEqual(['read']);
    const more = await json(await patch(client_id, { optional_scopes: ['email', 'read'] }));
    expect(more).toMatchObject({ scope: 'openid email read', optional_scopes: ['email', 'read'] });
    const wrong = await problemOf(await patch(client_id, { optional_scopes: ['email', 'openid', 'write'] }), 422);
    expect(wrong.errors).toMatchObject([
      { pointer: '#/optional_scopes/1', rule: 'M16' },
      { pointer: '#/optional_scopes/2', rule: 'M16' },
    ]);
    const less = await json(await patch(client_id, { scope: 'openid email' }));
    expect(less).toMatchObject({ scope: 'openid email', optional_scopes: ['email'] });
    const clone = await json(await mine.call('POST', `/clients/${client_id}/clone`), 201);
    expect(clone.optional_scopes).toEqual(['email']);
    expect((await json(await patch(client_id, { optional_scopes: null }))).optional_scopes).toEqual([]);
    const history = await json<{ items: Json[] }>(await mine.call('GET', `/clients/${client_id}/history`));
    expect(history.items[0]).toMatchObject({
      before: { optional_scopes: ['email'] },
      after: { optional_scopes: [] },
    });
  });

  test('required members cannot be removed, and the environment is fixed', async () => {
    const { client_id } = await mine.make();
    for (const body of [{ client_name: null }, { grant_types: null }, { environment: 'staging' }, { client_id: 'x' }])
      expect((await problemOf(await patch(client_id, body), 422)).errors).toHaveLength(1);
    const [first, ...more] = await Promise.all([patch(client_id, {}), patch(client_id, { client_name: 'Invoices' })]);
    for (const answer of [first, ...more]) expect((await json(answer as Response)).version).toBe(1);
  });

  test('If-Match: only the version that was read is changed; 412 otherwise', async () => {
    const { client_id } = await mine.make();
    const to = (description: string, match: string) => patch(client_id, { description }, { 'if-match': match });
    expect((await json(await to('two', '"1"'))).version).toBe(2);
    for (const match of ['"1"', '"3"', 'W/"2"', '"x"', '', 'nonsense', '"1", "5"'])
      await problemOf(await to('never', match), 412);
    expect((await json(await to('three', '"9", "2"'))).description).toBe('three');
    expect((await json(await to('four', '*'))).description).toBe('four');
    const race = await Promise.all(['a', 'b', 'c', 'd'].map((text) => to(text, '"4"')));
    expect(race.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

describe('DELETE, disable, enable', () => {
  test('off, on, gone', async () => {
    const { client_id } = await mine.make();
    const path = `/clients/${client_id}`;
    expect(await json(await mine.call('POST', `${path}/disable`))).toMatchObject({ status: 'disabled', version: 2 });
    expect(await json(await mine.call('POST', `${path}/disable`))).toMatchObject({ status: 'disabled', version: 2 });
    expect(await json(await mine.call('POST', `${path}/enable`))).toMatchObject({ status: 'active', version: 3 });
    const outdated = { headers: { 'if-match': '"2"' } };
    await problemOf(await mine.call('POST', `${path}/disable`, outdated), 412);
    await problemOf(await mine.call('DELETE', path, outdated), 412);
    const gone = await mine.call('DELETE', path, { headers: { 'if-match': '"3"' } });
    expect([gone.status, await gone.text()]).toEqual([204, '']);
    await problemOf(await mine.call('GET', path), 404);
    await problemOf(await mine.call('DELETE', path), 404);
  });

  test('nobody but the operator lifts a suspension', async () => {
    const { client_id } = await mine.make();
    await db.update(clients).set({ status: 'suspended' }).where(eq(clients.clientId, client_id));
    await problemOf(await mine.call('POST', `/clients/${client_id}/enable`), 409);
  });
});

describe('POST /clients/{client_id}/clone', () => {
  test('registers another with the same settings and a secret of its own', async () => {
    const source = await mine.make({ client_uri: 'https://app.example', localized: { de: { client_name: 'R' } } });
    const path = `/clients/${source.client_id}/clone`;
    const same: Json = { localized: source.localized, redirect_uris: source.redirect_uris, scope: source.scope };
    const clone = await json(await mine.call('POST', path), 201);
    expect(clone).toMatchObject({ ...same, client_name: 'Invoices (copy)', version: 1 });
    expect(clone.client_secret).not.toBe(source.client_secret);
    const body = { client_name: 'Invoices, staging', environment: 'staging' };
    expect(await json(await mine.call('POST', path, { body }), 201)).toMatchObject({ ...same, ...body });
    await problemOf(await mine.call('POST', `/clients/${noId}/clone`), 404);
  });
});
