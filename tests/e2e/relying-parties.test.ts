import { randomUUID } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { verifyDomain } from '#lib/domains/index';
import { createSecret } from '#lib/secrets/index';
import { anOrganization, anOwner, aPerson, stranger } from '#support/actors';
import { expectAccessible } from '#support/app-in-browser';
import { aBrowser, portalUrl } from '#support/browser';
import { aClientRow } from '#support/client-row';
import { at, password, signIn, signUp } from '#support/person-in-browser';
import { portalDb } from '#support/portal-database';
import { browserOf } from '#support/portal-people';

const callback = 'https://trips.example.com/oauth/callback';
const scope = 'openid profile offline_access read';
const insecure = { [oauth.allowInsecureRequests]: true } as const;

/** An app as its developer registered it. */
async function anApp(values: Partial<Parameters<typeof aClientRow>[1]> = {}) {
  const { owner, organizationId } = await anOwner(portalDb);
  const clientId = await aClientRow(portalDb, {
    organizationId,
    name: 'Trip planner',
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    scopes: scope.split(' '),
    redirectUris: [callback],
    ...values,
  });
  return { owner, organizationId, clientId };
}

async function aPersonsBrowser() {
  const home = await anOrganization(portalDb);
  return browserOf(await aPerson(portalDb, { name: 'Ada Lovelace', roles: { [home.id]: 'viewer' } }));
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const arrived = async (page: Page, host = 'trips.example.com') => {
  await page.waitForURL((url) => url.host === host);
  return new URL(page.url());
};

/** The authorization server as oauth4webapi finds it. */
async function discovered(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(portalUrl);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
}

/** What an app sends in a request, and what it keeps to check the answer. */
async function aRequest(redirect_uri = callback) {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const parameters = {
    response_type: 'code',
    redirect_uri,
    scope,
    prompt: 'consent',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  return { parameters, verifier, state, nonce };
}

const authorizationUrl = (as: oauth.AuthorizationServer, parameters: Record<string, string>) =>
  `${as.authorization_endpoint}?${new URLSearchParams(parameters)}`;

type Way = { clientAuth: oauth.ClientAuth; DPoP?: oauth.DPoPHandle };

/** Everything after consent, as oauth4webapi does it: it verifies all that comes, signatures too. */
async function everythingAfterConsent(
  as: oauth.AuthorizationServer,
  app: oauth.Client,
  answer: URL,
  { verifier, state, nonce, parameters }: Awaited<ReturnType<typeof aRequest>>,
  { clientAuth, DPoP }: Way,
) {
  const options = { ...insecure, ...(DPoP && { DPoP }) };
  const found = oauth.validateAuthResponse(as, app, answer, state);
  const { redirect_uri } = parameters;
  const exchanged = await oauth.authorizationCodeGrantRequest(
    as,
    app,
    clientAuth,
    found,
    redirect_uri,
    verifier,
    options,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(as, app, exchanged, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, exchanged, insecure);
  const sub = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? '';
  const userinfo = (token: string) => oauth.userInfoRequest(as, app, token, options);
  const claims = await oauth.processUserInfoResponse(as, app, sub, await userinfo(tokens.access_token));
  expect(claims.name).toBe('Ada Lovelace');

  const asked = await oauth.refreshTokenGrantRequest(as, app, clientAuth, tokens.refresh_token ?? '', options);
  const renewed = await oauth.processRefreshTokenResponse(as, app, asked);
  expect(renewed.token_type).toBe(tokens.token_type);
  await oauth.processUserInfoResponse(as, app, sub, await userinfo(renewed.access_token));

  const last = renewed.refresh_token ?? tokens.refresh_token ?? '';
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, app, clientAuth, last, insecure));
  for (const token of [tokens.access_token, renewed.access_token])
    await expect(
      userinfo(token).then((response) => oauth.processUserInfoResponse(as, app, sub, response)),
    ).rejects.toMatchObject({
      status: 401,
    });
  const again = await oauth.refreshTokenGrantRequest(as, app, clientAuth, last, options);
  await expect(oauth.processRefreshTokenResponse(as, app, again)).rejects.toMatchObject({ error: 'invalid_grant' });
  return tokens;
}

/** Pushes the request; where the browser goes with what came of it. */
async function pushed(
  as: oauth.AuthorizationServer,
  app: oauth.Client,
  { parameters }: Awaited<ReturnType<typeof aRequest>>,
  { clientAuth, DPoP }: Way,
) {
  const options = { ...insecure, ...(DPoP && { DPoP }) };
  const answer = await oauth.pushedAuthorizationRequest(as, app, clientAuth, parameters, options);
  const { request_uri } = await oauth.processPushedAuthorizationResponse(as, app, answer);
  return authorizationUrl(as, { client_id: app.client_id, request_uri });
}

describe('oauth4webapi, in a browser', () => {
  test.each([
    ['a public app', { tokenEndpointAuthMethod: 'none' as const, applicationType: 'spa' as const }],
    [
      'an app with a key that has to push',
      { tokenEndpointAuthMethod: 'private_key_jwt' as const, requirePushedAuthorizationRequests: true },
    ],
  ])('PAR with DPoP, of %s: pushed, consent, code, tokens, userinfo, refresh, revoked', async (_title, values) => {
    const key = await oauth.generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await crypto.subtle.exportKey('jwk', key.publicKey)), kid: 'first', alg: 'ES256', use: 'sig' };
    const byKey = values.tokenEndpointAuthMethod === 'private_key_jwt';
    const { clientId } = await anApp({
      ...values,
      dpopBoundAccessTokens: true,
      ...(byKey && { jwks: { keys: [jwk] } }),
    });
    const as = await discovered();
    const app: oauth.Client = { client_id: clientId };
    const clientAuth = byKey ? oauth.PrivateKeyJwt({ key: key.privateKey, kid: 'first' }) : oauth.None();
    const DPoP = oauth.DPoP(app, await oauth.generateKeyPair('ES256'));
    const { page, complaints } = await aPersonsBrowser();
    const request = await aRequest();
    await page.goto(await pushed(as, app, request, { clientAuth, DPoP }));
    await page.getByRole('main').getByText('trips.example.com').first().waitFor();
    await press(page, 'Allow');
    const tokens = await everythingAfterConsent(as, app, await arrived(page), request, { clientAuth, DPoP });
    expect(tokens.token_type).toBe('dpop');
    expect(complaints).toEqual([]);
  });

  test('private_key_jwt: a request in the address, consent, and a key for everything after it', async () => {
    const key = await oauth.generateKeyPair('PS256', { extractable: true });
    const jwk = { ...(await crypto.subtle.exportKey('jwk', key.publicKey)), kid: 'a', alg: 'PS256', use: 'sig' };
    const { clientId } = await anApp({ tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [jwk] } });
    const as = await discovered();
    const app: oauth.Client = { client_id: clientId };
    const clientAuth = oauth.PrivateKeyJwt({ key: key.privateKey, kid: 'a' });
    const { page } = await aPersonsBrowser();
    const request = await aRequest();
    await page.goto(authorizationUrl(as, { ...request.parameters, client_id: clientId }));
    await press(page, 'Allow');
    await everythingAfterConsent(as, app, await arrived(page), request, { clientAuth });
  });
});

describe('openid-client, in a browser', () => {
  test.each(['ES256', 'RS256'])(
    'private_key_jwt by %s: consent, code, tokens, userinfo, refresh, introspected, revoked',
    async (alg) => {
      const { privateKey, publicKey } = await oauth.generateKeyPair(alg, { extractable: true });
      const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'k', alg, use: 'sig' };
      const { clientId } = await anApp({ tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [jwk] } });
      const auth = client.PrivateKeyJwt({ key: privateKey, kid: 'k' });
      const config = await client.discovery(new URL(portalUrl), clientId, undefined, auth, {
        execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
      });
      const { page } = await aPersonsBrowser();
      const { parameters, verifier, state, nonce } = await aRequest();
      await page.goto(client.buildAuthorizationUrl(config, parameters).href);
      await press(page, 'Allow');
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(config, await arrived(page), checks);
      const sub = tokens.claims()?.sub ?? '';
      expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ name: 'Ada Lovelace' });
      const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
      expect(await client.tokenIntrospection(config, renewed.access_token)).toMatchObject({ active: true, sub });
      await client.tokenRevocation(config, tokens.refresh_token ?? '');
      expect(await client.tokenIntrospection(config, renewed.access_token)).toEqual({ active: false });
    },
  );
});

describe('a preview of an app (rule R16)', () => {
  /** An app whose organization has shown that a domain is its own, and the callback of one of its previews. */
  async function aPreview() {
    const { owner, organizationId, clientId } = await anApp();
    const domain = `${randomUUID()}.example.com`;
    await verifyDomain({ ...stranger(portalDb), actor: { kind: 'command_line' } }, { organizationId, domain });
    const { value = '' } = await createSecret(owner, clientId, { name: 'CI' });
    const host = `pull-7.previews.${domain}`;
    return {
      clientId,
      domain,
      host,
      uri: `https://${host}/oauth/callback`,
      clientAuth: oauth.ClientSecretBasic(value),
    };
  }

  test('its callback is pushed; the page names the domain that was verified and the very host; the code arrives there', async () => {
    const { clientId, domain, host, uri, clientAuth } = await aPreview();
    const as = await discovered();
    const app: oauth.Client = { client_id: clientId };
    const { page } = await aBrowser();
    await signUp(page);
    const request = await aRequest(uri);
    await page.goto(await pushed(as, app, request, { clientAuth }));
    const main = page.getByRole('main');
    for (const text of [domain, host]) await main.getByText(text, { exact: true }).first().waitFor();
    await expectAccessible(page);
    await press(page, 'Allow');
    const tokens = await everythingAfterConsent(as, app, await arrived(page, host), request, { clientAuth });
    expect(tokens.scope).toContain('read');
  });

  test('in an authorization URL it is refused', async () => {
    const { clientId, uri } = await aPreview();
    const { parameters } = await aRequest(uri);
    const { page } = await aPersonsBrowser();
    const answer = await page.goto(authorizationUrl(await discovered(), { ...parameters, client_id: clientId }));
    expect(answer?.status()).toBe(400);
    expect(new URL(page.url()).origin).toBe(portalUrl);
  });
});

test('a new password ends the other browsers and what apps got there; signing out in the portal ends what apps got here', async () => {
  const { owner, clientId } = await anApp();
  const { value } = await createSecret(owner, clientId, { name: 'CI' });
  const config = await client.discovery(new URL(portalUrl), clientId, value, undefined, {
    execute: [client.allowInsecureRequests],
  });
  const isGood = async (token: string) => (await client.tokenIntrospection(config, token)).active;
  const aTokenIn = async (page: Page) => {
    const { parameters, verifier, state, nonce } = await aRequest();
    await page.goto(client.buildAuthorizationUrl(config, { ...parameters, scope: 'openid' }).href);
    await press(page, 'Allow');
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
    return (await client.authorizationCodeGrant(config, await arrived(page), checks)).access_token;
  };
  const [there, here] = [await aBrowser(), await aBrowser()];
  const email = await signUp(there.page);
  const before = await aTokenIn(there.page);
  await signIn(here.page, email);
  await here.page.waitForURL(at('/settings/profile'));
  const now = await aTokenIn(here.page);
  expect([await isGood(before), await isGood(now)]).toEqual([true, true]);

  await here.page.goto('/settings/profile');
  const form = here.page.getByRole('region', { name: 'Password' });
  await form.getByLabel('Current password').fill(password);
  await form.getByLabel('New password').fill('another horse battery');
  await press(here.page, 'Change password');
  await here.page.getByText('Your password is changed').waitFor();
  expect([await isGood(before), await isGood(now)]).toEqual([false, true]);
  await there.page.goto('/settings/profile');
  expect(new URL(there.page.url()).pathname).toBe('/sign-in');

  await press(here.page, 'Sign out');
  await here.page.waitForURL((url) => url.pathname !== '/settings/profile');
  expect(await isGood(now)).toBe(false);
});
