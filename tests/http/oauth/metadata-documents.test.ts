import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { grants } from '#db/schema/grant';
import { metadataDocuments } from '#db/schema/metadata-document';
import { suspendClient, updateClient } from '#lib/clients/index';
import { removeUnusedRegistrations } from '#lib/registrations/index';
import { aPerson } from '#support/actors';
import {
  aPersonsAgent,
  authorizationUrl,
  authorize,
  callback,
  locationOf,
  pkce,
  redeem,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { aKey, assertionOf, assertionType } from '#support/client-keys';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, introspect, post } from '#support/oauth';
import { aSelfDescribedApp, site } from '#support/self-described';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

const rowOf = async (url: string) => {
  const [row] = await db.select().from(clients).where(eq(clients.metadataUrl, url));
  if (!row) throw new Error('it is not registered');
  return row;
};
/** As if its document had been read so long ago. */
const age = async (url: string, minutes: number) => {
  const then = new Date(Date.now() - minutes * 60_000);
  await db
    .update(metadataDocuments)
    .set({ readAt: then, freshUntil: then })
    .where(eq(metadataDocuments.clientId, (await rowOf(url)).clientId));
};
const challenge = () => {
  const { verifier, challenge: code_challenge } = pkce();
  return { verifier, proof: { code_challenge, code_challenge_method: 'S256' } };
};
const anOperator = () => aPerson(db, { isOperator: true });
const shownBy = async ({ clientId }: { clientId: string }, key: Awaited<ReturnType<typeof aKey>>) => ({
  client_assertion_type: assertionType,
  client_assertion: await assertionOf(clientId, key),
});
/** Which page a browser is shown, or where it is led. */
const begin = async (app: { clientId: string }, changes: Record<string, string | undefined> = {}, agent?: Agent) => {
  const { proof } = challenge();
  const { go } = agent ?? (await aPersonsAgent());
  const answer = await go(authorizationUrl(app, { scope: 'openid read', ...proof, ...changes }));
  return answer.headers.get('x-page') ?? locationOf(answer);
};
type Agent = Awaited<ReturnType<typeof aPersonsAgent>>;
const refused = /^\/refused\/[^/]+\?because=document$/;
/** Why, as a program is told that pushes the same request. */
const whyNot = async ({ clientId }: { clientId: string }) => {
  const form = { client_id: clientId, response_type: 'code', redirect_uri: callback, ...challenge().proof };
  const { status, body } = await post('/oauth/par', form);
  return { status, ...body };
};

describe('an app with a metadata document', () => {
  test('is announced in the server’s metadata (rule C8)', async () => {
    const metadata = await (await fetch(`${origin}/.well-known/oauth-authorization-server`)).json();
    expect(metadata.client_id_metadata_document_supported).toBe(true);
  });

  test('code, tokens, userinfo, refresh and revocation, under its URL', async () => {
    const app = aSelfDescribedApp();
    const agent = await aPersonsAgent();
    const tokens = await tokensOf(agent, app, { scope: 'openid profile offline_access read', prompt: 'consent' });
    const claims = JSON.parse(Buffer.from((tokens.id_token ?? '').split('.')[1] ?? '', 'base64url').toString());
    expect(claims.aud).toBe(app.clientId);
    expect((await userinfo(tokens.access_token)).body.sub).toBe(claims.sub);
    const renewed = await refresh(app, tokens.refresh_token ?? '');
    expect(renewed.status).toBe(200);
    await post('/oauth/revoke', { token: renewed.body.access_token, client_id: app.clientId });
    expect((await userinfo(renewed.body.access_token)).status).toBe(401);
    expect(app.read()).toBe(1);
  });

  test('is a client with its own id, provenance, URL and history', async () => {
    const app = aSelfDescribedApp({ client_name: 'Notes', scope: 'openid read write' });
    await begin(app);
    const row = await rowOf(app.clientId);
    expect(row).toMatchObject({
      name: 'Notes',
      provenance: 'metadata_document',
      tokenEndpointAuthMethod: 'none',
      requirePkce: true,
      // The least scopes: nobody answers for it.
      scopes: ['openid', 'read'],
    });
    const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, row.clientId));
    expect(events.map(({ action, channel }) => [action, channel])).toEqual([['client.create', 'metadata_document']]);
    expect(await begin({ clientId: row.clientId })).toMatch(/^\/refused\//);
  });

  test('authenticates with published keys', async () => {
    const key = await aKey();
    const keys = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.jwk] } };
    const app = aSelfDescribedApp(keys);
    const { verifier, proof } = challenge();
    const agent = await aPersonsAgent();
    const code = (await authorize(agent, app, proof)).get('code') ?? '';
    const bare = await redeem(app, code, { code_verifier: verifier });
    expect([bare.status, bare.body.error]).toEqual([401, 'invalid_client']);
    const shown = await post('/oauth/token', {
      grant_type: 'authorization_code',
      code: (await authorize(agent, app, proof)).get('code') ?? '',
      redirect_uri: callback,
      code_verifier: verifier,
      ...(await shownBy(app, key)),
    });
    expect(shown.status).toBe(200);
  });

  test('is introspected under its URL by the API that the token is for', async () => {
    const app = aSelfDescribedApp();
    const tokens = await tokensOf(await aPersonsAgent(), app, { scope: 'read' });
    const mine = await post('/oauth/introspect', { token: tokens.access_token, client_id: app.clientId });
    expect(mine.body.active ?? false).toBe(false);
    expect(await introspect(await aMachine(), tokens.access_token)).toEqual({ active: false });
  });

  test('ten at the same moment make one client, and read its document once', async () => {
    const app = aSelfDescribedApp();
    const asked = await Promise.all(Array.from({ length: 10 }, () => begin(app)));
    expect(new Set(asked.map((to) => new URL(to).pathname.split('/')[1]))).toEqual(new Set(['consent']));
    expect(app.read()).toBe(1);
  });

  test('that the operator suspends is refused, and not asked for again', async () => {
    const app = aSelfDescribedApp();
    const { access_token: token } = await tokensOf(await aPersonsAgent(), app);
    await suspendClient(await anOperator(), (await rowOf(app.clientId)).clientId, { reason: 'It pretends.' });
    expect((await userinfo(token)).status).toBe(401);
    await age(app.clientId, 60);
    expect(await begin(app)).toMatch(/^\/stopped\//);
    expect(app.read()).toBe(1);
  });
});

describe('current programs on people’s machines (rule C9)', () => {
  test.each<[string, Record<string, unknown>, ...string[]]>([
    [
      'an editor: this machine and a page of its own',
      {
        client_name: 'An editor',
        application_type: 'native',
        client_uri: 'https://editor.example.com/product',
        redirect_uris: ['http://127.0.0.1:33418/', 'https://editor.example.com/redirect'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        scope: undefined,
      },
      'http://127.0.0.1:33418/',
      'http://127.0.0.1:49152/',
    ],
    [
      'a program of the command line: this machine under both names, on any port',
      {
        client_name: 'A program',
        client_uri: 'https://program.example.com',
        redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
        scope: undefined,
      },
      'http://localhost/callback',
      'http://localhost:51004/callback',
      'http://127.0.0.1:51004/callback',
    ],
  ])('%s', async (_, metadata, ...callbacks) => {
    const app = aSelfDescribedApp(metadata);
    for (const redirect_uri of callbacks)
      expect(await begin(app, { redirect_uri, scope: 'openid' })).toContain('/consent/');
    expect(await rowOf(app.clientId)).toMatchObject({ applicationType: 'native', tokenEndpointAuthMethod: 'none' });
  });
});

describe('its document (rules C2, C3, C4, C9)', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['another client_id', { client_id: 'https://elsewhere.example/client.json' }, /must be the URL of the document/],
    ['no client_id', { client_id: undefined }, /must be the URL of the document/],
    ['a secret', { client_secret: 'x' }, /client_secret/],
    ['the end of a secret', { client_secret_expires_at: 0 }, /client_secret_expires_at/],
    ['a method by shared secret', { token_endpoint_auth_method: 'client_secret_basic' }, /no secret/],
    ['a method nobody knows', { token_endpoint_auth_method: 'self_signed_tls_client_auth' }, /./],
    ['keys without keys', { token_endpoint_auth_method: 'private_key_jwt' }, /public keys/],
    ['no name', { client_name: undefined }, /client_name/],
    ['no redirect URI', { redirect_uris: undefined }, /redirect_uris/],
    ['a redirect URI by http', { redirect_uris: ['http://app.example.com/cb'] }, /https/],
    ['a redirect URI inside a network', { redirect_uris: ['https://10.0.0.1/cb'] }, /in a private network/],
    ['a page inside a network', { policy_uri: 'https://192.168.1.1/policy' }, /in a private network/],
    ['a logo inside a network', { logo_uri: 'https://[fd00::1]/logo.png' }, /in a private network/],
    ['keys inside a network', { jwks_uri: 'https://169.254.169.254/latest' }, /in a private network/],
    ['acting for itself', { grant_types: ['client_credentials'] }, /./],
    ['a name that is a list', { client_name: ['x'] }, /./],
  ])('with %s is refused, in words', async (_, changed, why) => {
    const app = aSelfDescribedApp(changed);
    expect(await begin(app)).toMatch(refused);
    expect(await whyNot(app)).toMatchObject({
      status: 401,
      error: 'invalid_client',
      error_description: expect.stringMatching(why),
    });
    await expect(rowOf(app.clientId)).rejects.toThrow();
  });

  test('at a public suffix, where it would prove nobody’s host, is refused without a look', async () => {
    const app = { clientId: 'https://github.io/client.json' };
    expect(await begin(app)).toMatch(refused);
    expect((await whyNot(app)).error_description).toMatch(/Anyone can register a domain below github\.io/);
  });

  test('a private key among its keys is refused', async () => {
    const { jwk } = await aKey();
    const app = aSelfDescribedApp({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...jwk, d: 'x' }] },
    });
    expect((await whyNot(app)).error_description).toMatch(/private key/);
  });

  test.each<[string, Parameters<ReturnType<typeof aSelfDescribedApp>['answer']>[0], RegExp]>([
    ['missing', { status: 404, body: {} }, /answers 404/],
    ['moved', { status: 302, headers: { location: '/apps/1.json' }, body: '' }, /redirects/],
    ['answered 201', { status: 201, body: {} }, /answers 201/],
    ['no JSON', { body: '{' }, /not valid JSON/],
    ['a list', { body: [] }, /object/],
    ['a text', { headers: { 'content-type': 'text/html' }, body: '{}' }, /application\/json/],
    ['too large', { body: { client_name: 'x'.repeat(5 * 1024) } }, /larger than 5120/],
    ['compressed', { headers: { 'content-encoding': 'gzip' }, body: '{}' }, /compressed/],
  ])('that is %s is refused', async (_, answer, why) => {
    const app = aSelfDescribedApp();
    app.answer(answer);
    expect(await begin(app)).toMatch(refused);
    expect((await whyNot(app)).error_description).toMatch(why);
    // Rule C5: an error is not kept.
    app.redescribe();
    expect(await begin(app)).toContain('/consent/');
  });

  test.each(['application/json; charset=utf-8', 'application/oauth-client+json'])('may be sent as %s', async (type) => {
    const app = aSelfDescribedApp();
    app.redescribe({}, { headers: { 'content-type': type } });
    expect(await begin(app)).toContain('/consent/');
  });

  test.each([
    ['https://127.0.0.1', '/refused/'],
    [`${site.origin}/a/../apps/1.json`, '/refused/'],
    [`${site.origin}/apps/1.json#x`, '/refused/'],
    [site.origin.replace('https', 'http'), '/refused/'],
  ])('rule C1: %s is no client, and nobody asks there', async (clientId, page) => {
    const before = site.connections();
    expect(await begin({ clientId })).toContain(page);
    expect(site.connections()).toBe(before);
  });
});

describe('it counts as long as its cache headers say (rule C5)', () => {
  test.each([
    ['what its site says', 'max-age=600', 9, 1],
    ['not longer', 'max-age=600', 11, 2],
    ['five minutes where nothing is said', undefined, 4, 1],
    ['five minutes and no more', undefined, 6, 2],
    ['a day at most', 'max-age=31536000', 25 * 60, 2],
    ['thirty seconds at least', 'no-store', 0.4, 1],
    ['and no more than those', 'no-store', 0.6, 2],
  ])('%s', async (_, control, minutes, reads) => {
    const app = aSelfDescribedApp();
    app.redescribe({}, control === undefined ? {} : { headers: { 'cache-control': control } });
    await begin(app);
    const { clientId } = await rowOf(app.clientId);
    const [kept] = await db.select().from(metadataDocuments).where(eq(metadataDocuments.clientId, clientId));
    const earlier = (at: Date | undefined) => new Date((at?.getTime() ?? 0) - minutes * 60_000);
    await db
      .update(metadataDocuments)
      .set({ readAt: earlier(kept?.readAt), freshUntil: earlier(kept?.freshUntil) })
      .where(eq(metadataDocuments.clientId, clientId));
    await begin(app);
    expect(app.read()).toBe(reads);
  });

  test('then it is fetched again, also before a refresh, and the changes are in the history', async () => {
    const app = aSelfDescribedApp();
    const agent = await aPersonsAgent();
    const { refresh_token: token = '' } = await tokensOf(agent, app, {
      scope: 'openid offline_access read',
      prompt: 'consent',
    });
    app.redescribe({ policy_uri: 'https://app.example.com/privacy' });
    await age(app.clientId, 60);
    expect((await refresh(app, token)).status).toBe(200);
    const row = await rowOf(app.clientId);
    expect(row.policyUri).toBe('https://app.example.com/privacy');
    const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, row.clientId));
    expect(events.map(({ action, actorKind }) => [action, actorKind])).toContainEqual(['client.update', 'client']);
  });

  test('while it cannot be fetched nothing new begins, and refreshes work for a day', async () => {
    const app = aSelfDescribedApp();
    const { refresh_token: token = '' } = await tokensOf(await aPersonsAgent(), app, {
      scope: 'openid offline_access read',
      prompt: 'consent',
    });
    app.answer({ status: 503, body: {} });
    await age(app.clientId, 60);
    expect(await begin(app)).toMatch(refused);
    const renewed = await refresh(app, token);
    expect(renewed.status).toBe(200);
    await age(app.clientId, 25 * 60);
    const over = await refresh(app, renewed.body.refresh_token);
    expect([over.status, over.body.error]).toEqual([401, 'invalid_client']);
  });

  test('an invalid document changes nothing that is stored', async () => {
    const app = aSelfDescribedApp();
    await begin(app);
    app.redescribe({ redirect_uris: ['http://evil.example/cb'], client_name: 'Another' });
    await age(app.clientId, 60);
    expect(await begin(app)).toMatch(refused);
    expect(await rowOf(app.clientId)).toMatchObject({
      name: expect.stringContaining('Self-described'),
      redirectUris: [callback],
    });
  });
});

describe('an earlier grant (rules A3, C7)', () => {
  const home = `${site.origin}/callback`;
  const asked = (app: { clientId: string }, agent: Agent, redirect = home) =>
    begin(app, { redirect_uri: redirect, scope: 'openid read' }, agent);
  const allowed = async (app: { clientId: string }, agent: Agent, redirect = home) => {
    await authorize(agent, app, { scope: 'openid read', redirect_uri: redirect, ...challenge().proof });
  };

  test('replaces the page if the redirect goes to the document’s host', async () => {
    const app = aSelfDescribedApp({ redirect_uris: [home] });
    const agent = await aPersonsAgent();
    await allowed(app, agent);
    expect(await asked(app, agent)).toMatch(/[?&]code=/);
  });

  test.each(['https://elsewhere.example/cb', 'http://127.0.0.1/cb'])(
    'is asked for each time where it leads to %s',
    async (uri) => {
      const app = aSelfDescribedApp({ redirect_uris: [uri] });
      const agent = await aPersonsAgent();
      await allowed(app, agent, uri);
      expect(await asked(app, agent, uri)).toContain('/consent/');
    },
  );

  test.each<[string, Record<string, unknown>]>([
    ['name', { client_name: 'Another' }],
    ['logo', { logo_uri: `${site.origin}/logo.png` }],
    ['redirect host', { redirect_uris: [home, 'https://elsewhere.example/cb'] }],
    ['keys', { token_endpoint_auth_method: 'none', jwks_uri: `${site.origin}/jwks` }],
  ])('is asked for again after another %s', async (_, changed) => {
    const app = aSelfDescribedApp({ redirect_uris: [home] });
    const agent = await aPersonsAgent();
    await allowed(app, agent);
    app.redescribe(changed);
    await age(app.clientId, 60);
    expect(await asked(app, agent)).toContain('/consent/');
    await allowed(app, agent);
    expect(await asked(app, agent)).toMatch(/[?&]code=/);
  });

  test('one redirect host less, or other paths and texts, are no other app', async () => {
    const app = aSelfDescribedApp({ redirect_uris: [home, 'https://elsewhere.example/cb'] });
    const agent = await aPersonsAgent();
    await allowed(app, agent);
    app.redescribe({ redirect_uris: [home, `${site.origin}/other`], tos_uri: 'https://app.example.com/terms' });
    await age(app.clientId, 60);
    expect(await asked(app, agent)).toMatch(/[?&]code=/);
  });

  test('does not count for an app with other keys: its tokens end, and its scopes are requested again', async () => {
    const first = await aKey();
    const published = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [first.jwk] } };
    const app = aSelfDescribedApp({ redirect_uris: [home], ...published });
    const agent = await aPersonsAgent();
    const { verifier, proof } = challenge();
    const answer = await authorize(agent, app, {
      scope: 'openid offline_access read',
      prompt: 'consent',
      redirect_uri: home,
      ...proof,
    });
    const tokens = await post('/oauth/token', {
      grant_type: 'authorization_code',
      code: answer.get('code') ?? '',
      redirect_uri: home,
      code_verifier: verifier,
      ...(await shownBy(app, first)),
    });
    expect(tokens.status).toBe(200);
    const second = await aKey();
    app.redescribe({ jwks: { keys: [second.jwk] } });
    await age(app.clientId, 60);
    const renewed = await post('/oauth/token', {
      grant_type: 'refresh_token',
      refresh_token: tokens.body.refresh_token,
      ...(await shownBy(app, second)),
    });
    expect([renewed.status, renewed.body.error]).toEqual([400, 'invalid_grant']);
    expect((await userinfo(tokens.body.access_token)).status).toBe(401);
    await authorize(agent, app, { scope: 'openid', redirect_uri: home, ...challenge().proof });
    const kept = await db
      .select()
      .from(grants)
      .where(eq(grants.clientId, (await rowOf(app.clientId)).clientId));
    expect(kept.map(({ scopes }) => scopes)).toEqual([['openid']]);
  });
});

test('one that is unused for thirty days is deleted, and returns with another id', async () => {
  const app = aSelfDescribedApp();
  await begin(app);
  const { clientId } = await rowOf(app.clientId);
  const days = (many: number) => new Date(Date.now() + many * 24 * 3600 * 1000);
  await removeUnusedRegistrations(db, days(29));
  expect((await rowOf(app.clientId)).clientId).toBe(clientId);
  await removeUnusedRegistrations(db, days(31));
  await expect(rowOf(app.clientId)).rejects.toThrow();
  expect(await begin(app)).toContain('/consent/');
  expect((await rowOf(app.clientId)).clientId).not.toBe(clientId);
});

test('only its document changes such a client', async () => {
  const app = aSelfDescribedApp();
  await begin(app);
  const edit = updateClient(await anOperator(), (await rowOf(app.clientId)).clientId, { name: 'Another' });
  await expect(edit).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining(app.clientId) });
});
