import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients, secrets } from '#db/schema/client';
import { registrations } from '#db/schema/registration';
import { ask } from '#support/api';
import { db } from '#support/database';
import { aBody, aRegistrar, type Registered, refusalOf } from '#support/registration';

let mine: Awaited<ReturnType<typeof aRegistrar>>;
beforeAll(async () => {
  mine = await aRegistrar();
});

describe('201 (P1)', () => {
  test('has everything that is registered, with the defaults, and is not cached', async () => {
    const answer = await ask('POST', '/oauth/register', { token: mine.token, body: aBody });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
    const made = (await answer.json()) as Registered;
    expect(made).toEqual({
      client_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_id_issued_at: expect.any(Number),
      client_secret: expect.stringMatching(/^clt_cs_/),
      client_secret_expires_at: 0,
      registration_access_token: expect.stringMatching(/^clt_rat_/),
      registration_client_uri: `http://127.0.0.1:3000/oauth/register/${made.client_id}`,
      client_name: 'Notes',
      redirect_uris: ['https://notes.example/cb'],
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      scope: 'openid files:read',
      token_endpoint_auth_method: 'client_secret_basic',
      subject_type: 'public',
      id_token_signed_response_alg: 'RS256',
      backchannel_logout_session_required: false,
      require_auth_time: false,
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
    });
    expect(Math.abs(Number(made.client_id_issued_at) - Date.now() / 1000)).toBeLessThan(60);
  });

  test('the client lives in the organization of the token; neither secret nor token is stored or in the history (P4)', async () => {
    const made = await mine.register();
    const [row] = await db.select().from(clients).where(eq(clients.clientId, made.client_id));
    expect(row).toMatchObject({
      organizationId: mine.organizationId,
      provenance: 'registration',
      createdBy: mine.owner.actor.userId,
    });
    const kept = JSON.stringify([
      await db.select().from(secrets).where(eq(secrets.clientId, made.client_id)),
      await db.select().from(registrations).where(eq(registrations.clientId, made.client_id)),
      await db.select().from(auditEvents).where(eq(auditEvents.targetId, made.client_id)),
    ]);
    expect(kept).not.toContain(made.client_secret);
    expect(kept).not.toContain(made.registration_access_token);
    expect(kept).toContain('"sealed":null');
  });

  test.each(['none', 'private_key_jwt'])('a client that authenticates by %s is given no secret', async (method) => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const made = await mine.register({
      token_endpoint_auth_method: method,
      ...(method === 'private_key_jwt' && { jwks: { keys: [key] } }),
    });
    expect(made.token_endpoint_auth_method).toBe(method);
    expect(made).not.toHaveProperty('client_secret');
    expect(made).not.toHaveProperty('client_secret_expires_at');
  });

  test('unknown members are ignored, null counts as omitted, no client chooses its id (M1, M24)', async () => {
    const made = await mine.register({
      client_id: 'https://notes.example/client.json',
      client_secret: 'mine',
      organization_id: '1',
      unheard_of: { a: [1] },
      logo_uri: null,
      'client_name#it': null,
    });
    expect(made.client_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.client_secret).toMatch(/^clt_cs_/);
    for (const key of ['organization_id', 'unheard_of', 'logo_uri', 'client_name#it'])
      expect(made).not.toHaveProperty(key);
  });

  test('texts of each language are kept and returned (M12)', async () => {
    const texts = {
      'client_name#it': 'Appunti',
      'client_name#pt-BR': 'Notas',
      tos_uri: 'https://notes.example/tos',
      'tos_uri#it': 'https://notes.example/it/tos',
    };
    expect(await mine.register(texts)).toMatchObject(texts);
  });

  test('scopes that are not in the catalogue are dropped and reported (M16); none asked for is a default set', async () => {
    expect(await mine.register({ scope: 'openid files:read nobody:knows openid other' })).toMatchObject({
      scope: 'openid files:read',
      dropped_scopes: ['nobody:knows', 'other'],
    });
    expect(await mine.register({ scope: undefined })).toMatchObject({ scope: 'openid profile email offline_access' });
    expect(await mine.register({ scope: undefined })).not.toHaveProperty('dropped_scopes');
  });

  test.each<[string, object, string]>([
    ['loopback', { redirect_uris: ['http://127.0.0.1:8123/cb', 'http://localhost/cb'] }, 'native'],
    ['a scheme of its own', { redirect_uris: ['com.example.notes:/cb'] }, 'native'],
    ['both beside https', { redirect_uris: ['https://vscode.dev/redirect', 'http://127.0.0.1:33418/'] }, 'native'],
    ['https', { redirect_uris: ['https://notes.example/cb'] }, 'web'],
  ])('a client that says no type and redirects to %s is taken for what it is', async (_, body, type) => {
    const made = await mine.register({ ...body, token_endpoint_auth_method: 'none' });
    expect(made.application_type).toBe(type);
  });

  test('a machine redirects nowhere, whatever type it says', async () => {
    const body = {
      grant_types: ['client_credentials'],
      redirect_uris: undefined,
      application_type: 'web',
      scope: 'files:read',
    };
    expect(await mine.register(body)).toMatchObject({ grant_types: ['client_credentials'], response_types: [] });
  });

  test('a client without a name gets its redirect host as the name', async () => {
    expect(await mine.register({ client_name: undefined })).toMatchObject({ client_name: 'notes.example' });
  });

  test('the same software under another name is noted in its history (M22)', async () => {
    const software_id = crypto.randomUUID();
    const first = await mine.register({ software_id, software_version: '1.2' });
    expect(first).toMatchObject({ software_id, software_version: '1.2' });
    const other = await mine.register({ software_id, client_name: 'Bank' });
    const events = (id: string) => db.select().from(auditEvents).where(eq(auditEvents.targetId, id));
    expect((await events(first.client_id)).map(({ action }) => action)).not.toContain('client.suspect');
    expect((await events(other.client_id)).find(({ action }) => action === 'client.suspect')?.after).toMatchObject({
      rule: 'M22',
      softwareId: software_id,
    });
  });
});

describe('/v2/oauth/register', () => {
  test('registers alike, manageable at the one address', async () => {
    const made = await mine.register({}, '/v2/oauth/register');
    expect(made.registration_client_uri).toBe(`http://127.0.0.1:3000/oauth/register/${made.client_id}`);
    expect(made).toMatchObject({ client_secret_expires_at: 0 });
    const own = await ask('GET', `/v2/oauth/register/${made.client_id}`, { token: made.registration_access_token });
    expect(own.status).toBe(200);
  });

  test('has the same policy', async () => {
    const answer = await ask('POST', '/v2/oauth/register', { body: aBody });
    expect([answer.status, (await refusalOf(answer)).error]).toEqual([401, 'invalid_token']);
  });

  test('names each wrong member with its messages', async () => {
    const body = { ...aBody, redirect_uris: ['https://notes.example/#', 'nowhere'], tos_uri: 'ftp://x' };
    const answer = await ask('POST', '/v2/oauth/register', { token: mine.token, body });
    expect(answer.status).toBe(400);
    const { invalid_fields } = await refusalOf(answer);
    expect(invalid_fields).toEqual({
      redirect_uris: [expect.stringMatching(/./), expect.stringMatching(/./)],
      tos_uri: [expect.stringMatching(/./)],
    });
    const plain = await refusalOf(await ask('POST', '/oauth/register', { token: mine.token, body }));
    expect(plain).not.toHaveProperty('invalid_fields');
  });
});
