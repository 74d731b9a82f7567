import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients, secrets } from '#db/schema/client';
import { registrations } from '#db/schema/registration';
import { ask } from '#support/api';
import { db } from '#support/database';
import { askToken } from '#support/oauth';
import { aRegistrar, asSent, pathOf, type Registered, refusalOf } from '#support/registration';

let mine: Awaited<ReturnType<typeof aRegistrar>>;
beforeAll(async () => {
  mine = await aRegistrar();
});

const own = (app: Registered) => ({ token: app.registration_access_token });
const put = async (app: Registered, body: object) => {
  const answer = await ask('PUT', pathOf(app), { ...own(app), body });
  return {
    status: answer.status,
    body: (await answer.json()) as Registered & { error: string; error_description: string },
  };
};
const rowOf = async ({ client_id }: Registered) =>
  (await db.select().from(clients).where(eq(clients.clientId, client_id)))[0];

describe('GET (P5)', () => {
  test('answers the whole registration without its secret; the token goes on', async () => {
    const app = await mine.register({ 'client_name#it': 'Appunti', contacts: ['help@notes.example'] });
    const { client_secret: _secret, client_secret_expires_at: _end, ...rest } = app;
    for (const _ of [1, 2]) {
      const answer = await ask('GET', pathOf(app), own(app));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual(rest);
    }
  });
});

describe('PUT', () => {
  test('of what GET answered changes nothing', async () => {
    const app = await mine.register({ 'client_name#it': 'Appunti', default_max_age: 60, scope: 'openid' });
    const before = await rowOf(app);
    const { status, body } = await put(app, asSent(app));
    expect(status).toBe(200);
    expect(asSent(body)).toEqual(asSent(app));
    expect(body).not.toHaveProperty('client_secret');
    expect(await rowOf(app)).toEqual(before);
  });

  test.each<[string, object]>([
    ['a web app', {}],
    ['a program on a device with a secret', { redirect_uris: ['http://127.0.0.1/cb', 'com.example.notes:/cb'] }],
    [
      'a client of which something was replaced',
      {
        application_type: 'web',
        redirect_uris: ['http://localhost/cb', 'myapp:/cb'],
        grant_types: ['authorization_code', 'implicit', 'client_credentials'],
        response_types: ['code', 'token'],
        scope: 'openid no:such',
      },
    ],
    ['a machine', { redirect_uris: undefined, grant_types: ['client_credentials'], scope: '' }],
    [
      'a device',
      {
        redirect_uris: undefined,
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
        token_endpoint_auth_method: 'none',
        scope: undefined,
      },
    ],
  ])('of the whole answer to a registration of %s is accepted and changes nothing', async (_, asked) => {
    const app = await mine.register(asked);
    const before = await rowOf(app);
    const { status, body } = await put(app, app);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(asSent(body)).toEqual(asSent(app));
    // What was registered as it was asked for is still remarked upon; nothing is replaced any more.
    expect((body.warnings ?? []).filter(({ rule }) => rule !== 'R8')).toEqual([]);
    expect(await rowOf(app)).toEqual(before);
  });

  test('of what GET answered changes nothing that its organization set in words that the protocol has not', async () => {
    const app = await mine.register({ token_endpoint_auth_method: 'none', scope: 'openid' });
    await db.update(clients).set({ applicationType: 'spa' }).where(eq(clients.clientId, app.client_id));
    const before = await rowOf(app);
    const answer = await ask('GET', pathOf(app), own(app));
    expect((await put(app, (await answer.json()) as object)).status).toBe(200);
    expect(await rowOf(app)).toEqual(before);
  });

  test('replaces the whole: what is left out goes back to its default', async () => {
    const app = await mine.register({
      tos_uri: 'https://notes.example/tos',
      'client_name#it': 'Appunti',
      contacts: ['help@notes.example'],
      default_max_age: 60,
      userinfo_signed_response_alg: 'ES256',
      scope: 'openid files:read',
    });
    expect(app.userinfo_signed_response_alg).toBe('ES256');
    const { client_id } = app;
    const { body } = await put(app, { client_id, redirect_uris: ['https://notes.example/other'], scope: 'openid x:y' });
    expect(body).toMatchObject({
      client_id,
      client_name: 'notes.example',
      redirect_uris: ['https://notes.example/other'],
      scope: 'openid',
      dropped_scopes: ['x:y'],
    });
    for (const gone of ['tos_uri', 'client_name#it', 'contacts', 'default_max_age', 'userinfo_signed_response_alg'])
      expect(body).not.toHaveProperty(gone);
    const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, client_id));
    const update = events.find(({ action }) => action === 'client.update');
    expect(update).toMatchObject({ actorKind: 'client', actorId: client_id, channel: 'registration' });
  });

  test('keeps fields that this protocol does not have', async () => {
    const app = await mine.register();
    const set = {
      description: 'Ours',
      accessTokenLifetimeSeconds: 60,
      requirePkce: true,
      openToOtherOrganizations: false,
      optionalScopes: ['files:read'],
    };
    await db.update(clients).set(set).where(eq(clients.clientId, app.client_id));
    expect((await put(app, asSent(app))).status).toBe(200);
    expect(await rowOf(app)).toMatchObject(set);
  });

  test('a client that becomes public loses its secrets, and one that needs a secret again is given another', async () => {
    const app = await mine.register();
    const gone = await put(app, { ...asSent(app), token_endpoint_auth_method: 'none' });
    expect(gone.body).toMatchObject({ token_endpoint_auth_method: 'none' });
    expect(gone.body).not.toHaveProperty('client_secret');
    const back = await put(app, asSent(app));
    expect(back.body).toMatchObject({ client_secret: expect.stringMatching(/^clt_cs_/), client_secret_expires_at: 0 });
    expect(back.body.client_secret).not.toBe(app.client_secret);
    const rows = await db.select().from(secrets).where(eq(secrets.clientId, app.client_id));
    expect(rows.map(({ revokedAt }) => revokedAt === null).sort()).toEqual([false, true]);
  });

  test('takes a secret that is the client’s own, and never makes one of what is sent (P6)', async () => {
    const app = await mine.register();
    expect((await put(app, { ...asSent(app), client_secret: app.client_secret })).status).toBe(200);
    const other = await mine.register();
    for (const client_secret of ['mine', '', 7, [], other.client_secret, `${app.client_secret}0`]) {
      const { status, body } = await put(app, { ...asSent(app), client_secret });
      expect([status, body.error]).toEqual([400, 'invalid_client_metadata']);
    }
    const rows = await db.select().from(secrets).where(eq(secrets.clientId, app.client_id));
    expect(rows).toHaveLength(1);
  });

  test.each<[string, (app: Registered) => object, RegExp]>([
    ['no client_id', () => ({ client_id: undefined }), /^client_id: /],
    ['another client_id', () => ({ client_id: crypto.randomUUID() }), /^client_id: /],
    ['a client_id that is no text', () => ({ client_id: 7 }), /^client_id: /],
    [
      'another token',
      (app) => ({ registration_access_token: `${app.registration_access_token}0` }),
      /^registration_access_token: /,
    ],
    ['no token', () => ({ registration_access_token: null }), /^registration_access_token: /],
    [
      'another address',
      (app) => ({ registration_client_uri: `${app.registration_client_uri}/` }),
      /^registration_client_uri: /,
    ],
    ['another end of its secret', () => ({ client_secret_expires_at: 1 }), /^client_secret_expires_at: /],
    ['another age', () => ({ client_id_issued_at: 0 }), /^client_id_issued_at: /],
    ['a symmetric key', () => ({ jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }), /^jwks\.keys\.0: /],
    [
      'keys twice',
      () => ({
        jwks_uri: 'https://notes.example/k',
        jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] },
      }),
      /^jwks_uri: /,
    ],
  ])('with %s is 400 and changes nothing', async (_, extra, says) => {
    const app = await mine.register();
    const before = await rowOf(app);
    const { status, body } = await put(app, { ...asSent(app), client_name: 'Other', ...extra(app) });
    expect([status, body.error]).toEqual([400, 'invalid_client_metadata']);
    expect(body.error_description).toMatch(says);
    expect(await rowOf(app)).toEqual(before);
  });

  test('with a redirect URI that leads elsewhere by a trick is 400', async () => {
    const app = await mine.register();
    const { status, body } = await put(app, {
      ...asSent(app),
      redirect_uris: ['https://notes.example\\@evil.example/cb'],
    });
    expect([status, body.error]).toEqual([400, 'invalid_redirect_uri']);
  });
});

describe('DELETE', () => {
  test('is 204, and from then on everything of the client is refused (P7, P8)', async () => {
    const app = await mine.register();
    const answer = await ask('DELETE', pathOf(app), own(app));
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const again = await ask(method, pathOf(app), { ...own(app), ...(method === 'PUT' && { body: asSent(app) }) });
      expect([again.status, (await refusalOf(again)).error]).toEqual([401, 'invalid_token']);
    }
    const asked = await askToken({ clientId: app.client_id, secret: app.client_secret ?? '' });
    expect([asked.status, asked.body.error]).toEqual([401, 'invalid_client']);
    for (const table of [clients, secrets, registrations])
      expect(await db.select().from(table).where(eq(table.clientId, app.client_id))).toEqual([]);
  });
});

describe('a registration access token (P4)', () => {
  test('opens nothing but its own registration, and no other token opens that', async () => {
    const [app, other] = [await mine.register(), await mine.register()];
    const answers = await Promise.all(
      [other.registration_access_token, mine.token, app.client_secret, `${app.registration_access_token}0`].map(
        (token) => ask('GET', pathOf(app), { token }),
      ),
    );
    for (const answer of answers)
      expect([answer.status, (await refusalOf(answer)).error]).toEqual([401, 'invalid_token']);
    for (const path of ['/v2/oauth_clients', '/api/2.0/clients', `/v2/oauth_clients/${app.client_id}`])
      expect((await ask('GET', path, own(app))).status).toBe(401);
    expect((await ask('POST', '/oauth/register', { ...own(app), body: {} })).status).toBe(401);
  });

  test('is read from the header only', async () => {
    const app = await mine.register();
    const path = `${pathOf(app)}?access_token=${app.registration_access_token}`;
    expect((await ask('GET', path)).status).toBe(401);
  });

  test('of a client that its organization switched off still reads; of a suspended one it changes nothing', async () => {
    const app = await mine.register();
    const own_ = eq(clients.clientId, app.client_id);
    await db.update(clients).set({ status: 'suspended' }).where(own_);
    expect((await ask('GET', pathOf(app), own(app))).status).toBe(200);
    expect((await put(app, asSent(app))).status).toBe(403);
    expect((await ask('DELETE', pathOf(app), own(app))).status).toBe(403);
  });
});
