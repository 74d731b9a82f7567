import {
  allowInsecureRequests,
  ClientSecretBasic,
  clientCredentialsGrant,
  discovery,
  fetchProtectedResource,
  getDPoPHandle,
  randomDPoPKeyPair,
} from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { registryScopes } from '#lib/kernel/actor';
import { once } from '#lib/kernel/once';
import { aToken, everything } from '#support/api';
import { anAgent, authorize, aWebApp, callback, pkce } from '#support/authorizing';
import { aKey, type ClientKey, inSeconds } from '#support/client-keys';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aMachine, aTokenOf, basic, post } from '#support/oauth';
import { proofOf } from '#support/possession';

const scopes = [...registryScopes];
/** A read of each API, and what it answers to a developer. */
const lists = [
  '/api/v1/clients',
  '/api/v1/me',
  '/api/2.0/clients',
  '/api/2.0/oauth2/clients',
  '/v2/oauth_clients',
  '/v2/oauth/clients',
  '/v1/clients',
  '/o/apps/',
  '/o/apps',
  '/oauth2/clients',
];

let machine: Awaited<ReturnType<typeof aMachine>>;
let key: ClientKey;
let token: string;
beforeAll(async () => {
  machine = await aMachine({ scopes });
  key = await aKey();
  token = await aBoundToken();
});

async function aBoundToken(form: Record<string, string> = {}) {
  const headers = { authorization: basic(machine), dpop: await proofOf(key) };
  const { body } = await post('/oauth/token', { grant_type: 'client_credentials', ...form }, headers);
  expect(body.token_type).toBe('DPoP');
  return body.access_token as string;
}

type Asked = { method?: string; token?: string; scheme?: string; body?: string; headers?: Record<string, string> };

async function call(path: string, dpop: string | undefined, asked: Asked = {}) {
  const { method = 'GET', scheme = 'DPoP', body, headers } = asked;
  const answer = await fetch(origin + path, {
    method,
    headers: {
      authorization: `${scheme} ${asked.token ?? token}`,
      'slashid-orgid': machine.organizationId,
      ...(dpop !== undefined && { dpop }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, headers: answer.headers, challenge: answer.headers.get('www-authenticate') ?? '' };
}

/** The proof as it should be for a read of that path. */
const proofFor = (path: string, changes: Parameters<typeof proofOf>[1] = {}) =>
  proofOf(key, { method: 'GET', path, token, ...changes });
const makeAnotherProvider = () => {
  once<{ running?: unknown; readAt: number }>('authorization-server', () => ({ readAt: 0 })).running = undefined;
};

describe.each(lists)('a token that is bound to a key, at %s', (path) => {
  test('is accepted with a proof of the key, once', async () => {
    const proof = await proofFor(path);
    expect((await call(`${path}?page=1`, proof)).status).not.toBe(401);
    makeAnotherProvider();
    const again = await call(path, proof);
    expect(again.status).toBe(401);
    expect(again.challenge).toContain('error="invalid_dpop_proof"');
  });

  test('is refused as Bearer', async () => {
    expect((await call(path, await proofFor(path), { scheme: 'Bearer' })).status).toBe(401);
  });

  test('rule A14: without a proof it is refused by a challenge that says what to send', async () => {
    const refused = await call(path, undefined);
    expect(refused.status).toBe(401);
    expect(refused.challenge).toMatch(
      /^DPoP error="invalid_dpop_proof", error_description="[^"]+", algs="ES256 [^"]+", resource_metadata="[^"]+"$/,
    );
  });
});

describe('a proof', () => {
  const path = '/api/v1/clients';
  const claims = (changed: Record<string, unknown>) => () => proofFor(path, { claims: changed });
  test.each<[string, () => Promise<string>]>([
    ['for another token', () => proofFor(path, { token: 'another' })],
    ['for no token', () => proofOf(key, { method: 'GET', path })],
    ['for another method', () => proofFor(path, { method: 'POST' })],
    ['for another URL', () => proofFor('/api/v1/me')],
    ['for the token endpoint', () => proofFor('/oauth/token')],
    ['for another host', claims({ htu: `https://elsewhere.example${path}` })],
    ['with a slash at the end', () => proofFor(`${path}/`)],
    ['without a jti', claims({ jti: undefined })],
    ['without a date', claims({ iat: undefined })],
    ['of another type', () => proofFor(path, { header: { typ: 'JWT' } })],
    ['with another’s key', async () => proofFor(path, { header: { jwk: (await aKey()).jwk } })],
    ['that is no JWT', async () => 'nonsense'],
    ['that is empty', async () => ''],
    ['that comes twice', async () => `${await proofFor(path)}, ${await proofFor(path)}`],
    ['of 8 KB', async () => 'x'.repeat(8000)],
  ])('%s is refused: 401 invalid_dpop_proof', async (_title, proof) => {
    const refused = await call(path, await proof());
    expect({ status: refused.status, challenge: refused.challenge }).toEqual({
      status: 401,
      challenge: expect.stringMatching(/^DPoP error="invalid_dpop_proof", /),
    });
  });

  test('of another key is refused: 401 invalid_token', async () => {
    const refused = await call(path, await proofOf(await aKey(), { method: 'GET', path, token }));
    expect(refused.status).toBe(401);
    expect(refused.challenge).toMatch(/^DPoP error="invalid_token", /);
  });

  test('may carry a query in its address, which counts for nothing', async () => {
    expect((await call(path, await proofFor(`${path}?page=1`))).status).toBe(200);
  });

  test('names the method that was used, HEAD too', async () => {
    expect((await call(path, await proofFor(path, { method: 'HEAD' }), { method: 'HEAD' })).status).toBe(200);
    expect((await call(path, await proofFor(path), { method: 'HEAD' })).status).toBe(401);
  });

  test('is good once: of ten at the same moment one is answered', async () => {
    const proof = await proofFor(path);
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(path, proof)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 401)]);
  });

  test('that came with a token that is none is not used up', async () => {
    const proof = await proofFor(path);
    expect((await call(path, proof, { token: `${token}x` })).status).toBe(401);
    expect((await call(path, proof)).status).toBe(200);
  });

  test.each([-400, 400])('dated %i s from now is sent back for a nonce, by which it is taken', async (seconds) => {
    const iat = inSeconds(seconds);
    const first = await call(path, await proofFor(path, { claims: { iat } }));
    expect(first.status).toBe(401);
    expect(first.challenge).toMatch(/^DPoP error="use_dpop_nonce", /);
    const nonce = first.headers.get('dpop-nonce') ?? '';
    makeAnotherProvider();
    expect((await call(path, await proofFor(path, { claims: { iat, nonce } }))).status).toBe(200);
  });

  test('a nonce of the token endpoint is one here, and the other way round: they are of one origin', async () => {
    const headers = { authorization: basic(machine), dpop: await proofOf(key) };
    const form = { grant_type: 'client_credentials' };
    const atToken = (await post('/oauth/token', form, headers)).headers.get('dpop-nonce') ?? '';
    const iat = inSeconds(-1000);
    expect((await call(path, await proofFor(path, { claims: { iat, nonce: atToken } }))).status).toBe(200);
    const here = (await call(path, await proofFor(path))).headers.get('dpop-nonce') ?? '';
    const dpop = await proofOf(key, { claims: { iat, nonce: here } });
    expect((await post('/oauth/token', form, { ...headers, dpop })).status).toBe(200);
  });

  test('with an unknown nonce is asked for a valid one', async () => {
    const refused = await call(path, await proofFor(path, { claims: { nonce: 'nobody’s' } }));
    expect(refused.challenge).toMatch(/^DPoP error="use_dpop_nonce", /);
    expect(refused.headers.get('dpop-nonce')).toMatch(/^[\w-]{20,}$/);
  });
});

describe('what is not bound to a key', () => {
  test('is refused as DPoP, whoever proves a key: an access token and an API token', async () => {
    const path = '/api/v1/clients';
    const unbound = [
      await aTokenOf(machine),
      await aToken(db, machine.owner, machine.organizationId, { scopes: everything }),
    ];
    for (const one of unbound) {
      const refused = await call(path, await proofFor(path, { token: one }), { token: one });
      expect(refused.status).toBe(401);
      expect(refused.challenge).toMatch(/^DPoP error="invalid_token", /);
      expect((await call(path, undefined, { token: one, scheme: 'Bearer' })).status).toBe(200);
    }
  });

  test.each(['DPoP', 'DPoP ', 'dpop  ', 'DPoP a b', 'DPoP "x"', 'DPoP \u00ff\u00fe'])(
    'a header %j is refused, and is no failure of ours',
    async (authorization) => {
      const headers = { authorization, dpop: await proofFor('/api/v1/clients') };
      const answer = await fetch(`${origin}/api/v1/clients`, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_/);
    },
  );
});

describe('beside another token', () => {
  test.each([
    ['/v1/clients', { query: 'access_token=x' }],
    ['/oauth2/clients', { headers: { 'slashid-api-key': 'x' } }],
  ] as [string, { query?: string; headers?: Record<string, string> }][])(
    '%s: 400',
    async (path, { query, headers = {} }) => {
      const answer = await call(query ? `${path}?${query}` : path, await proofFor(path), { headers });
      expect(answer.status).toBe(400);
    },
  );
});

describe('what was allowed', () => {
  test('is checked as for any token: a missing scope is named in its scheme', async () => {
    const narrow = await aBoundToken({ scope: 'clients:read' });
    const path = '/api/v1/clients';
    const body = JSON.stringify({ client_name: 'x', application_type: 'machine' });
    const proof = await proofFor(path, { token: narrow, method: 'POST' });
    const refused = await call(path, proof, { token: narrow, method: 'POST', body });
    expect(refused.status).toBe(403);
    expect(refused.challenge).toMatch(/^DPoP error="insufficient_scope", scope="clients:write", algs="/);
    const wide = await proofFor(path, { method: 'POST' });
    expect((await call(path, wide, { method: 'POST', body })).status).toBe(201);
  });

  test('a person’s token speaks for its person to the holder of the key', async () => {
    const app = await aWebApp({ tokenEndpointAuthMethod: 'none', applicationType: 'spa', scopes });
    const { verifier, challenge } = pkce();
    const proved = { code_challenge: challenge, code_challenge_method: 'S256' };
    const asked = { scope: 'clients:read', resource: origin, ...proved };
    const code = (await authorize(await anAgent(app.owner), app, asked)).get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier };
    const { body } = await post('/oauth/token', { ...form, client_id: app.clientId }, { dpop: await proofOf(key) });
    const path = '/api/v1/me';
    const own = { token: body.access_token as string };
    expect((await call(path, await proofFor(path, own), own)).status).toBe(200);
    expect((await call(path, await proofFor(path, own), { ...own, scheme: 'Bearer' })).status).toBe(401);
    const by = await proofOf(await aKey(), { method: 'GET', path, ...own });
    expect((await call(path, by, own)).status).toBe(401);
  });
});

describe('openid-client without special configuration', () => {
  test('calls the registry by a token that is bound to its key', async () => {
    const config = await discovery(new URL(origin), machine.clientId, undefined, ClientSecretBasic(machine.secret), {
      execute: [allowInsecureRequests],
    });
    const DPoP = getDPoPHandle(config, await randomDPoPKeyPair());
    const { access_token } = await clientCredentialsGrant(config, {}, { DPoP });
    const url = new URL(`${origin}/api/v1/me`);
    for (const _time of [1, 2]) {
      const answer = await fetchProtectedResource(config, access_token, url, 'GET', undefined, undefined, { DPoP });
      expect(await answer.json()).toMatchObject({ client_id: machine.clientId });
    }
  });
});

describe('RFC 9728', () => {
  test('the documents say that proofs are taken, and not demanded', async () => {
    for (const path of ['', '/api/v1/clients']) {
      const document = await (await fetch(`${origin}/.well-known/oauth-protected-resource${path}`)).json();
      expect(document).toMatchObject({
        dpop_signing_alg_values_supported: expect.arrayContaining(['ES256', 'EdDSA']),
        dpop_bound_access_tokens_required: false,
      });
    }
  });

  test.each(lists.filter((path) => path !== '/oauth2/clients'))('a 401 of %s names both schemes', async (path) => {
    const refused = await fetch(origin + path);
    expect(refused.headers.get('www-authenticate')).toMatch(
      /^Bearer resource_metadata="[^"]+", DPoP algs="ES256 [^"]+", resource_metadata="[^"]+"$/,
    );
  });
});
