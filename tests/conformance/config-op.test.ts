import { allowInsecureRequests, discoveryRequest, processDiscoveryResponse } from 'oauth4webapi';
import { expect, test } from 'vitest';
import { listScopes } from '#lib/scopes/index';
import { db } from '#support/database';
import { origin } from '#support/listening';

test('oidcc-discovery-endpoint-verification', async () => {
  const answer = await discoveryRequest(new URL(origin), { [allowInsecureRequests]: true });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  const server = await processDiscoveryResponse(new URL(origin), answer);
  expect(server).toMatchObject({
    issuer: origin,
    response_types_supported: ['code'],
    subject_types_supported: expect.arrayContaining(['public', 'pairwise']),
    id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']),
    grant_types_supported: expect.arrayContaining(['authorization_code']),
    scopes_supported: expect.arrayContaining(['openid']),
    claims_supported: expect.arrayContaining(['sub', 'iss', 'aud', 'exp', 'iat']),
    code_challenge_methods_supported: ['S256'],
    claims_parameter_supported: true,
    // Left out, the second would mean true (Discovery §3).
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  });
  for (const scope of server.scopes_supported ?? []) expect(scope).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
  const locales = server.ui_locales_supported ?? [];
  expect(Intl.getCanonicalLocales(locales)).toEqual(locales);

  // Every endpoint is the issuer's, so that it is https where that is, and each of them answers.
  const endpoints = Object.entries(server).filter(([name]) => /_(?:endpoint|uri)$/.test(name));
  expect(endpoints.length).toBeGreaterThanOrEqual(7);
  for (const [name, url] of endpoints) {
    expect(String(url), name).toMatch(`${origin}/oauth/`);
    expect((await fetch(String(url), { method: 'OPTIONS' })).status, name).not.toBe(404);
  }
  expect(server.scopes_supported).toEqual(
    expect.arrayContaining((await listScopes(db)).filter(({ advertised }) => advertised).map(({ name }) => name)),
  );
  const { keys } = await (await fetch(String(server.jwks_uri))).json();
  expect(keys.map(({ alg }: { alg: string }) => alg)).toEqual(expect.arrayContaining(['RS256', 'ES256']));
  expect(new Set(keys.map(({ kid }: { kid: string }) => kid)).size).toBe(keys.length);
  for (const key of keys) for (const member of ['d', 'p', 'q', 'k']) expect(key).not.toHaveProperty(member);
});
