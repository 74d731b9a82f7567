import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { JSONWebKeySet } from 'jose';
import { decodeProtectedHeader } from 'jose';
import { fetchUserInfo, modifyAssertion, PrivateKeyJwt, refreshTokenGrant } from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConsentRequest } from '#lib/authorization-server/interaction';
import { startLogoFetches } from '#lib/logo-fetches/index';
import { encodeLogo } from '#lib/logos/index';
import { findPublicClient } from '#lib/public-info/index';
import { stranger } from '#support/actors';
import { anAgent, aPersonsAgent, callback, userinfo } from '#support/authorizing';
import { aKey, askByAssertion, assertionOf } from '#support/client-keys';
import { databaseUrl, db } from '#support/database';
import { anInitialAccessToken, authOf, registered, registeredWithKey } from '#support/dynamic-relying-party';
import { origin } from '#support/listening';
import { picture } from '#support/pictures';
import { allow, aRequest, arrive, discovered, isPage, runFlow } from '#support/relying-party';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

/** What the relying party publishes. */
const documents = new Map<string, unknown>();
const logo = await picture('#336699', 64);
const published = await startSecureCanary((request, response) => {
  if (request.url === '/logo.png') return void response.writeHead(200, { 'content-type': 'image/png' }).end(logo);
  const document = documents.get(request.url ?? '');
  response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(document ?? {}));
});
afterAll(() => published.stop());

let token: string;
let agent: Awaited<ReturnType<typeof aPersonsAgent>>;
beforeAll(async () => {
  token = await anInitialAccessToken();
  agent = await aPersonsAgent();
});
const subject = () => agent.person.actor.userId;
/** What the page is made of; that it shows it is a test in a browser. */
const askedAt = ({ jar }: Pick<typeof agent, 'jar'>, page: string) => {
  const cookie = [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
  return findConsentRequest(stranger(db), page.split('/').at(-1) ?? '', cookie);
};
/** A page of ours in place of a redirect: nothing reaches the relying party. */
async function expectRefusalPage(url: URL) {
  const shown = await agent.go(url.href);
  expect(shown.headers.get('location')).toBeNull();
  expect(shown.headers.get('x-page')).toMatch(/^\/refused\//);
}

describe('the flow of a client that registered itself', () => {
  test('oidcc-server', async () => {
    const { config, client } = await registeredWithKey(token);
    expect(client).toMatchObject({ redirect_uris: [callback], token_endpoint_auth_method: 'private_key_jwt' });
    const { claims, access_token } = await runFlow(agent, config);
    expect(claims).toMatchObject({ iss: origin, sub: subject(), aud: client.client_id });
    expect((await userinfo(access_token)).body).toEqual({ sub: subject() });
  });

  test('oidcc-idtoken-rs256', async () => {
    const { config } = await registeredWithKey(token, { id_token_signed_response_alg: 'RS256' });
    const { id_token } = await runFlow(agent, config);
    expect(decodeProtectedHeader(id_token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  });

  test('oidcc-userinfo-rs256', async () => {
    const { config, client } = await registeredWithKey(token, { userinfo_signed_response_alg: 'RS256' });
    expect(client.userinfo_signed_response_alg).toBe('RS256');
    const { claims, access_token } = await runFlow(agent, config);
    // openid-client wants application/jwt, signed by a key of /oauth/jwks with RS256, and its iss, aud and sub.
    expect(await fetchUserInfo(config, access_token, claims.sub)).toMatchObject({
      iss: origin,
      aud: client.client_id,
      sub: subject(),
    });
  });

  test('oidcc-ensure-client-assertion-with-iss-aud-succeeds', async () => {
    const { key, clientId } = await registeredWithKey(token);
    const issuer = {
      [modifyAssertion](_header: object, claims: Record<string, unknown>) {
        claims.aud = origin;
      },
    };
    const config = await discovered(clientId, PrivateKeyJwt({ key: key.privateKey, kid: key.kid ?? '' }, issuer));
    expect((await runFlow(agent, config)).claims.sub).toBe(subject());
  });

  test('oidcc-refresh-token', async () => {
    const scope = { scope: 'openid offline_access', prompt: 'consent' };
    const [one, other] = [await registeredWithKey(token), await registeredWithKey(token)];
    const first = await runFlow(agent, one.config, scope);
    const refreshed = await refreshTokenGrant(one.config, first.refresh_token ?? '');
    expect(refreshed.claims()).toMatchObject({ iss: origin, sub: subject(), aud: one.clientId });
    const stolen = await askByAssertion(await assertionOf(other.clientId, other.key), {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token ?? '',
    });
    expect([stolen.status, stolen.body.error]).toEqual([400, 'invalid_grant']);
  });
});

describe('redirect URIs', () => {
  const withQuery = `${callback}?foo=bar`;

  test('oidcc-ensure-redirect-uri-in-authorization-request', async () => {
    const { config } = await registeredWithKey(token, { redirect_uris: [callback, `${callback}/2`] });
    await expectRefusalPage(aRequest(config, { redirect_uri: undefined }).url);
  });

  test('oidcc-redirect-uri-query-OK', async () => {
    const { config } = await registeredWithKey(token, { redirect_uris: [withQuery] });
    const { url } = aRequest(config, { redirect_uri: withQuery });
    const arrived = await allow(agent, await arrive(agent, url));
    expect(new URL(arrived).searchParams.get('foo')).toBe('bar');
    expect(arrived).toMatch(/[?&]code=/);
  });

  test('oidcc-redirect-uri-query-mismatch', async () => {
    const { config } = await registeredWithKey(token, { redirect_uris: [withQuery] });
    await expectRefusalPage(aRequest(config, { redirect_uri: `${callback}?bar=foo` }).url);
  });

  test('oidcc-redirect-uri-query-added', async () => {
    const { config } = await registeredWithKey(token);
    await expectRefusalPage(aRequest(config, { redirect_uri: withQuery }).url);
  });

  test('oidcc-redirect-uri-regfrag', async () => {
    await expect(registeredWithKey(token, { redirect_uris: [`${callback}#fragment`] })).rejects.toMatchObject({
      status: 400,
      error: 'invalid_redirect_uri',
    });
  });

  test('oidcc-ensure-request-object-with-redirect-uri', async () => {
    const { config, key } = await registeredWithKey(token);
    const { url, parameters } = aRequest(config, { redirect_uri: `${callback}/unregistered` });
    const claims = { ...parameters, redirect_uri: callback, response_type: 'code' };
    url.searchParams.set('request', await assertionOf(config.clientMetadata().client_id, key, claims));
    await expectRefusalPage(url);
  });
});

describe('what the person is shown', () => {
  test.each([
    ['oidcc-registration-policy-uri', 'policy_uri', 'policy'],
    ['oidcc-registration-tos-uri', 'tos_uri', 'tos'],
  ])('%s', async (_module, member, path) => {
    const uri = `https://app.example.com/${path}`;
    const { config, client } = await registeredWithKey(token, { [member]: uri });
    expect(client).toMatchObject({ [member]: uri });
    const fresh = await anAgent();
    const page = await arrive(fresh, aRequest(config).url);
    expect(page).toSatisfy(isPage);
    const asked = await askedAt(fresh, page);
    expect(asked?.state).toBe('sign_in');
    expect(JSON.stringify(asked?.client)).toContain(uri);
  });
});

test('oidcc-registration-logo-uri', async () => {
  startLogoFetches();
  const { config, clientId, client } = await registeredWithKey(token, { logo_uri: `${published.origin}/logo.png` });
  expect(client.logo_uri).toBe(`${published.origin}/logo.png`);
  await expect.poll(async () => (await findPublicClient(db, clientId))?.logoHash).not.toBeNull();
  const fresh = await anAgent();
  const asked = await askedAt(fresh, await arrive(fresh, aRequest(config).url));
  const shown = await fetch(`${origin}/logos/${asked?.client.logoHash}.png`);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(Buffer.from((await encodeLogo(logo)).png));
});

describe('documents of the client', () => {
  test('oidcc-registration-jwks-uri', async () => {
    const key = await aKey('RS256');
    documents.set('/jwks', { keys: [key.jwk] });
    const { config } = await registeredWithKey(token, { jwks_uri: `${published.origin}/jwks` }, key);
    expect((await runFlow(agent, config)).claims.sub).toBe(subject());
  });

  test('oidcc-refresh-token-rp-key-rotation', async () => {
    const [old, next] = [await aKey('RS256'), await aKey('RS256')];
    documents.set('/rotating', { keys: [old.jwk] });
    const { config, clientId } = await registeredWithKey(token, { jwks_uri: `${published.origin}/rotating` }, old);
    const { refresh_token } = await runFlow(agent, config, { scope: 'openid offline_access', prompt: 'consent' });
    documents.set('/rotating', { keys: [next.jwk] });
    const rotated = await discovered(clientId, authOf(next));
    expect((await refreshTokenGrant(rotated, refresh_token ?? '')).claims()?.sub).toBe(subject());
  });

  test('oidcc-registration-sector-uri', async () => {
    documents.set('/sector', [callback]);
    const sector_identifier_uri = `${published.origin}/sector`;
    const { config } = await registeredWithKey(token, { subject_type: 'pairwise', sector_identifier_uri });
    const { claims, access_token } = await runFlow(agent, config);
    expect(claims.sub).not.toBe(subject());
    expect((await userinfo(access_token)).body.sub).toBe(claims.sub);
  });

  test('oidcc-registration-sector-bad', async () => {
    documents.set('/other-sector', ['https://other.example/callback']);
    const bad = { subject_type: 'pairwise', sector_identifier_uri: `${published.origin}/other-sector` };
    await expect(registeredWithKey(token, bad)).rejects.toMatchObject({
      status: 400,
      error: 'invalid_client_metadata',
    });
  });
});

describe('the server', () => {
  test('oidcc-discovery-endpoint-verification', async () => {
    const { config } = await registered(token, {});
    expect(config.serverMetadata()).toMatchObject({
      issuer: origin,
      registration_endpoint: `${origin}/oauth/register`,
      token_endpoint_auth_methods_supported: expect.arrayContaining(['private_key_jwt']),
      token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(['RS256']),
    });
  });

  test('oidcc-server-rotate-keys', async () => {
    const keys = async () => ((await (await fetch(`${origin}/oauth/jwks`)).json()) as JSONWebKeySet).keys;
    const before = await keys();
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    await promisify(execFile)(process.execPath, ['scripts/clientele.ts', 'keys', 'rotate'], { env });
    const after = await keys();
    expect(after).toEqual(expect.arrayContaining(before));
    const signing = (of: typeof before) => of.filter(({ use, alg }) => use === 'sig' && alg === 'RS256').length;
    expect(signing(after)).toBe(signing(before) + 1);
    expect(new Set(after.map(({ kid }) => kid)).size).toBe(after.length);
  });
});
