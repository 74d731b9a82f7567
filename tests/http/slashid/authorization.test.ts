import { beforeEach, expect, test } from 'vitest';
import { aPersonsAgent, authorizationUrl, decide, locationOf, pkce } from '#support/authorizing';
import { origin } from '#support/listening';
import { basic, post } from '#support/oauth';
import { anOrg, site } from '#support/slashid';

const [redirect_uri = ''] = site.redirect_uris;
let client: { clientId: string; secret: string };
beforeEach(async () => {
  const made = await (await anOrg()).make({ ...site, scopes: ['openid', 'read', 'write'] });
  client = { clientId: made.client_id, secret: made.client_secret };
});
const ask = (path: string, form: Record<string, string>) => post(path, form, { authorization: basic(client) });

/** The tokens of a person, by this API's spellings alone. */
async function tokens(changes: Record<string, string> = {}) {
  const agent = await aPersonsAgent();
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const asked = authorizationUrl(
    client,
    { redirect_uri, scope: 'openid read', ...proof, ...changes },
    '/oauth2/authorize',
  );
  const page = locationOf(await agent.go(asked));
  expect(page).toMatch(new RegExp(`^${origin}/consent/`));
  const code = new URL(await decide(agent, page, 'allow')).searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier };
  const { status, body } = await ask('/oauth2/tokens', { ...form, client_id: client.clientId });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

test('every parameter that is documented of an authorization request may be sent', async () => {
  const told = await tokens({
    nonce: 'a-nonce',
    response_mode: 'query',
    display: 'page',
    max_age: '3600',
    ui_locales: 'it en',
    login_hint: 'ada@example.com',
    acr_values: 'urn:example:any',
    handle_types: 'email_address',
  });
  expect(told).toMatchObject({ token_type: 'Bearer', expires_in: 86_400, scope: 'openid read' });
  const claims = JSON.parse(Buffer.from(told.id_token.split('.')[1], 'base64url').toString());
  expect(claims).toMatchObject({ nonce: 'a-nonce', aud: client.clientId });
});

test('a token is introspected and revoked with each hint that is documented', async () => {
  for (const hint of ['access_token', 'refresh_token', 'authorize_code', 'id_token']) {
    const { access_token: token } = await tokens();
    const told = await ask('/oauth2/tokens/introspect', { token, token_type_hint: hint });
    expect(told.body).toMatchObject({ active: true, client_id: client.clientId, scope: 'openid read' });
    expect((await ask('/oauth2/tokens/revoke', { token, token_type_hint: hint })).status).toBe(200);
    expect((await ask('/oauth2/tokens/introspect', { token })).body).toEqual({ active: false });
  }
});

test('introspection with scope tells of tokens that were granted all of it, and of no other', async () => {
  const { access_token: token } = await tokens();
  const told = async (scope: string) => (await ask('/oauth2/tokens/introspect', { token, scope })).body.active;
  expect(await told('read')).toBe(true);
  expect(await told('read openid')).toBe(true);
  expect(await told('')).toBe(true);
  expect(await told('write')).toBe(false);
  expect(await told('read write')).toBe(false);
});

test('userinfo answers GET and POST', async () => {
  const { access_token } = await tokens();
  for (const method of ['GET', 'POST']) {
    const headers = { authorization: `Bearer ${access_token}` };
    const answer = await fetch(`${origin}/oauth2/userinfo`, { method, headers });
    expect([answer.status, await answer.json()]).toEqual([200, { sub: expect.stringMatching(/^usr_/) }]);
  }
});
