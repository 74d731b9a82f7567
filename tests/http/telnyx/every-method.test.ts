import Telnyx from 'telnyx';
import { expect, test } from 'vitest';
import { getOwnedClient } from '#lib/clients/index';
import { findOwnGrantTo } from '#lib/grants/index';
import type { TokenScope } from '#lib/kernel/actor';
import { anOrganization, anOwner } from '#support/actors';
import { aToken } from '#support/api';
import {
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  callback,
  locationOf,
  pkce,
  tokensOf,
} from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, aTokenOf } from '#support/oauth';

// With these the library would ask its vendor for a token, whatever its base URL says.
delete process.env.TELNYX_CLIENT_ID;
delete process.env.TELNYX_CLIENT_SECRET;

const scopes: TokenScope[] = ['clients:read', 'clients:write', 'grants:read', 'grants:write', 'read', 'write'];
const baseURLs = [`${origin}/v2`, origin];
const [baseURL] = baseURLs;
const clientFor = (apiKey: string, at = baseURL) => new Telnyx({ apiKey, baseURL: at, maxRetries: 0 });

async function anAccount() {
  const { owner, organizationId } = await anOwner(db);
  return { owner, organizationId, telnyx: clientFor(await aToken(db, owner, organizationId, { scopes })) };
}

const body = {
  name: 'Invoice sync',
  allowed_scopes: ['read'],
  client_type: 'confidential',
  allowed_grant_types: ['client_credentials'],
} as const satisfies Telnyx.OAuthClientCreateParams;

/** Somebody in whose browser an app's request waits, and the package with a key of theirs. */
async function aWaitingRequest() {
  const app = await aWebApp({ name: 'Invoices' });
  const { id: organizationId } = await anOrganization(db);
  const agent = await aPersonsAgent({ roles: { [organizationId]: 'viewer' } });
  const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
  const page = locationOf(await agent.go(authorizationUrl(app, proof)));
  const telnyx = clientFor(await aToken(db, agent.person, organizationId, { scopes }));
  return { app, agent, telnyx, consentToken: page.slice(`${origin}/consent/`.length) };
}

async function aGrant() {
  const app = await aWebApp();
  const { id: organizationId } = await anOrganization(db);
  const agent = await aPersonsAgent({ roles: { [organizationId]: 'viewer' } });
  await tokensOf(agent, app);
  const telnyx = clientFor(await aToken(db, agent.person, organizationId, { scopes }));
  const id = (await findOwnGrantTo(agent.person, app.clientId))?.id ?? '';
  return { app, telnyx, id };
}

/** What each method of the package does here, by the resource's name and its own. */
const methods: Record<string, () => Promise<void>> = {
  'oauth.retrieve': async () => {
    const { telnyx, consentToken, app } = await aWaitingRequest();
    const { data } = await telnyx.oauth.retrieve(consentToken);
    expect(data).toMatchObject({ client_id: app.clientId, name: 'Invoices', redirect_uri: callback, verified: false });
  },
  'oauth.grants': async () => {
    const { telnyx, consentToken, app, agent } = await aWaitingRequest();
    const { redirect_uri } = await telnyx.oauth.grants({ allowed: true, consent_token: consentToken });
    expect(new URL(redirect_uri).searchParams.get('code')).toBeTruthy();
    expect(await findOwnGrantTo(agent.person, app.clientId)).toBeDefined();
  },
  'oauth.introspect': async () => {
    const { telnyx, owner } = await anAccount();
    const { data } = await telnyx.oauthClients.create(body);
    const machine = { clientId: data?.client_id ?? '', secret: data?.client_secret ?? '' };
    const token = await aTokenOf(machine, { scope: 'read', resource: `${origin}/v2/oauth_clients` });
    expect(await telnyx.oauth.introspect({ token })).toEqual({
      active: true,
      client_id: machine.clientId,
      scope: 'read',
      iss: origin,
      iat: expect.any(Number),
      exp: expect.any(Number),
      aud: origin,
    });
    expect(await getOwnedClient(owner, machine.clientId)).toBeDefined();
  },
  'oauth.register': async () => {
    const { telnyx, owner } = await anAccount();
    const made = await telnyx.oauth.register({
      client_name: 'Invoices',
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'openid',
      token_endpoint_auth_method: 'client_secret_post',
      logo_uri: 'https://app.example.com/logo.png',
      policy_uri: 'https://app.example.com/privacy',
      tos_uri: 'https://app.example.com/terms',
    });
    expect(made).toMatchObject({
      client_id_issued_at: expect.any(Number),
      client_secret: expect.stringMatching(/^clt_cs_/),
      client_name: 'Invoices',
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid',
      token_endpoint_auth_method: 'client_secret_post',
      tos_uri: 'https://app.example.com/terms',
    });
    expect(await getOwnedClient(owner, made.client_id)).toMatchObject({ provenance: 'registration' });
  },
  'oauth.retrieveAuthorize': async () => {
    const { telnyx } = await anAccount();
    const app = await aWebApp();
    const { challenge } = pkce();
    const asked = telnyx.oauth.retrieveAuthorize({
      client_id: app.clientId,
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid read',
      state: 'a-state',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    // The pages are another test's: here the answer names the one that is shown, without a way there.
    const answer = await asked
      .asResponse()
      .catch(({ headers }: { headers: Headers }) => ({ headers, redirected: false }));
    expect(answer.redirected).toBe(false);
    expect(answer.headers.get('x-page')).toMatch(/^\/consent\/[\w-]+$/);
  },
  'oauth.retrieveJwks': async () => {
    const { keys } = await (await anAccount()).telnyx.oauth.retrieveJwks();
    expect(keys).toEqual(expect.arrayContaining([expect.objectContaining({ kty: 'RSA', use: 'sig', alg: 'RS256' })]));
    for (const key of keys ?? []) expect(key).not.toHaveProperty('d');
  },
  'oauth.token': async () => {
    const { telnyx } = await anAccount();
    const machine = await aMachine();
    const credentials = { client_id: machine.clientId, client_secret: machine.secret };
    const asked = { grant_type: 'client_credentials', scope: 'read', ...credentials } as const;
    const told = { access_token: expect.stringMatching(/^clt_mt_/), token_type: 'Bearer', scope: 'read' };
    expect(await telnyx.oauth.token(asked)).toMatchObject(told);

    const app = await aWebApp();
    const { verifier, challenge } = pkce();
    const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
    const code = (await authorize(await aPersonsAgent(), app, proof)).get('code') ?? '';
    const by = { client_id: app.clientId, client_secret: app.secret };
    const redeemed = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: callback,
    } as const;
    const { refresh_token = '' } = await telnyx.oauth.token({ ...redeemed, ...by });
    const again = await telnyx.oauth.token({ grant_type: 'refresh_token', refresh_token, ...by });
    expect(again).toMatchObject({ access_token: expect.stringMatching(/^clt_at_/), expires_in: expect.any(Number) });
  },
  'oauthClients.list': async () => {
    const { telnyx } = await anAccount();
    const made: string[] = [];
    for (let n = 0; n < 3; n++)
      made.unshift((await telnyx.oauthClients.create({ ...body, name: `Job ${n}` })).data?.client_id ?? '');
    const walked: string[] = [];
    for await (const { client_id } of telnyx.oauthClients.list({ 'page[size]': 2 })) walked.push(client_id);
    expect(walked).toEqual(made);
    const found = await telnyx.oauthClients.list({ 'filter[name]': 'Job 1', 'filter[name][contains]': 'JOB' });
    expect(found.data?.map(({ client_id }) => client_id)).toEqual([made[1]]);
  },
  'oauthClients.create': async () => {
    const { telnyx, owner } = await anAccount();
    const { data } = await telnyx.oauthClients.create({
      ...body,
      client_type: 'public',
      allowed_grant_types: ['authorization_code'],
      redirect_uris: [callback],
      require_pkce: true,
      logo_uri: 'https://app.example.com/logo.png',
      policy_uri: 'https://app.example.com/privacy',
      tos_uri: 'https://app.example.com/terms',
    });
    expect(data).toMatchObject({ client_type: 'public', redirect_uris: [callback], client_secret: null });
    expect(await getOwnedClient(owner, data?.client_id ?? '')).toMatchObject({
      tosUri: 'https://app.example.com/terms',
    });
  },
  'oauthClients.retrieve': async () => {
    const { telnyx } = await anAccount();
    const { data: made } = await telnyx.oauthClients.create(body);
    const { data } = await telnyx.oauthClients.retrieve(made?.client_id ?? '');
    expect(data).toEqual({ ...made, client_secret: null });
  },
  'oauthClients.update': async () => {
    const { telnyx } = await anAccount();
    const { data: made } = await telnyx.oauthClients.create(body);
    const id = made?.client_id ?? '';
    const { data } = await telnyx.oauthClients.update(id, { name: 'Invoices', allowed_scopes: ['read', 'write'] });
    expect(data).toMatchObject({ client_id: id, name: 'Invoices', allowed_scopes: ['read', 'write'] });
  },
  'oauthClients.delete': async () => {
    const { telnyx } = await anAccount();
    const { data: made } = await telnyx.oauthClients.create(body);
    const id = made?.client_id ?? '';
    await telnyx.oauthClients.delete(id);
    await expect(telnyx.oauthClients.retrieve(id)).rejects.toBeInstanceOf(Telnyx.NotFoundError);
  },
  'oauthGrants.list': async () => {
    const { telnyx, id, app } = await aGrant();
    const walked = [];
    for await (const grant of telnyx.oauthGrants.list({ 'page[size]': 1 })) walked.push(grant);
    expect(walked).toMatchObject([{ id, client_id: app.clientId, record_type: 'oauth_grant' }]);
  },
  'oauthGrants.retrieve': async () => {
    const { telnyx, id, app } = await aGrant();
    expect((await telnyx.oauthGrants.retrieve(id)).data).toMatchObject({ id, client_id: app.clientId });
  },
  'oauthGrants.delete': async () => {
    const { telnyx, id } = await aGrant();
    expect((await telnyx.oauthGrants.delete(id)).data).toMatchObject({ id });
    await expect(telnyx.oauthGrants.retrieve(id)).rejects.toBeInstanceOf(Telnyx.NotFoundError);
  },
  'wellKnown.retrieveAuthorizationServerMetadata': async () => {
    for (const at of baseURLs)
      expect(await clientFor('none', at).wellKnown.retrieveAuthorizationServerMetadata()).toMatchObject({
        issuer: origin,
        token_endpoint: `${origin}/oauth/token`,
        jwks_uri: `${origin}/oauth/jwks`,
        code_challenge_methods_supported: ['S256'],
      });
  },
  'wellKnown.retrieveProtectedResourceMetadata': async () => {
    for (const at of baseURLs)
      expect(await clientFor('none', at).wellKnown.retrieveProtectedResourceMetadata()).toMatchObject({
        resource: origin,
        authorization_servers: [origin],
      });
  },
};

/** Each method of each resource of the package whose name speaks of OAuth, or of where an authorization server is described. */
const published = Object.entries(new Telnyx({ apiKey: 'none' }))
  .filter(([name, resource]) => /oauth|wellKnown/i.test(name) && typeof resource === 'object')
  .flatMap(([name, resource]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(resource))
      .filter((method) => method !== 'constructor')
      .map((method) => `${name}.${method}`),
  );

test('every method that the package telnyx publishes for OAuth is tried here', () => {
  expect(published.length).toBeGreaterThan(0);
  expect(Object.keys(methods).toSorted()).toEqual(published.toSorted());
});

test.each(Object.keys(methods))('%s works with the package as it is published', (name) => methods[name]?.());

test('an authorization request of an unknown client is answered like one that leads where nothing is registered', async () => {
  const { clientId } = await aWebApp();
  const pageOf = async (changes: Record<string, string>) => {
    const answer = await fetch(origin + authorizationUrl({ clientId }, changes, '/v2/oauth/authorize'));
    return answer.headers.get('x-page')?.replace(/[A-Z0-9]{5}-[A-Z0-9]{5}/, '…');
  };
  expect(await pageOf({ redirect_uri: 'https://evil.example/' })).toBe('/refused/…');
  expect(await pageOf({ client_id: crypto.randomUUID() })).toBe('/refused/…');
});
