import { beforeEach, describe, expect, test } from 'vitest';
import { createClient, getOwnedClient } from '#lib/clients/index';
import { aPersonsAgent, authorize, pkce } from '#support/authorizing';
import '#support/listening';
import { basic, post } from '#support/oauth';
import { anOrg, call, type Item, machine, site } from '#support/slashid';

let mine: Awaited<ReturnType<typeof anOrg>>;
beforeEach(async () => {
  mine = await anOrg();
});

const [redirect_uri = ''] = site.redirect_uris;

/** The tokens of a person who allowed the client, as its documents get them. */
async function tokensFor(made: Item) {
  const client = { clientId: made.client_id, secret: String(made.client_secret) };
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const asked = { redirect_uri, scope: 'openid', ...proof };
  const code = (await authorize(await aPersonsAgent(), client, asked)).get('code') ?? '';
  const headers = { authorization: basic(client) };
  const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier };
  const { status, body } = await post('/oauth2/tokens', { ...form, client_id: client.clientId }, headers);
  expect(status, JSON.stringify(body)).toBe(200);
  const refresh = (refresh_token: string) =>
    post('/oauth2/tokens', { grant_type: 'refresh_token', refresh_token }, headers);
  const introspect = async (token: string) => (await post('/oauth2/tokens/introspect', { token }, headers)).body;
  return { ...body, refresh, introspect };
}

const patch = async (to: Item, body: object) => {
  const answer = await call('PATCH', `/oauth2/clients/${to.client_id}`, { ...mine, body });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return { ...to, ...((await answer.json()) as { result: Item }).result };
};

describe('a client that gets codes', () => {
  test.each<[string, object, number]>([
    ['with a lifetime for them', { refresh_token_duration: 3600 }, 3600],
    ['that names the grant', { grant_types: ['authorization_code', 'refresh_token'] }, 864_000],
    ['that says nothing of them', {}, 864_000],
  ])('%s gets refresh tokens that live as long as it shows', async (_, more, seconds) => {
    const made = await mine.make({ ...site, ...more });
    const grant_types = ['authorization_code', 'refresh_token'];
    expect(made).toMatchObject({ grant_types, refresh_token_duration: seconds });
    expect((await mine.list()).result[0]).toMatchObject({ grant_types });
    const { refresh_token, refresh, introspect } = await tokensFor(made);
    const { exp, iat } = await introspect(refresh_token);
    expect(exp - iat).toBe(seconds);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test('gets them also where an edit lets it get codes', async () => {
    const made = await mine.make(machine);
    const changed = await patch(made, {
      grant_types: ['authorization_code'],
      redirect_uris: [redirect_uri],
      scopes: ['openid'],
    });
    expect(changed.grant_types).toEqual(['authorization_code', 'refresh_token']);
    expect((await tokensFor(changed)).refresh_token).toMatch(/^clt_rt_/);
  });

  test('that was made elsewhere without them gets them when an edit sets their lifetime', async () => {
    const metadata = {
      name: 'Shop',
      scopes: ['openid'],
      grantTypes: ['authorization_code' as const],
      redirectUris: [redirect_uri],
    };
    const { client, secret } = await createClient(mine.owner, { organizationId: mine.org, metadata });
    const made = { client_id: client.clientId, client_secret: secret?.value };
    expect((await tokensFor(made)).refresh_token).toBeUndefined();
    const changed = await patch(made, { refresh_token_duration: 7200 });
    expect(changed).toMatchObject({ grant_types: ['authorization_code', 'refresh_token'] });
    expect((await tokensFor(changed)).refresh_token).toMatch(/^clt_rt_/);
  });
});

test('a machine gets no refresh token, whatever lifetime is set', async () => {
  const made = await mine.make({ ...machine, refresh_token_duration: 3600 });
  expect(made.grant_types).toEqual(['client_credentials']);
  const changed = await patch(made, { refresh_token_duration: 7200 });
  expect(changed.grant_types).toEqual(['client_credentials']);
});

test('a grant that this API has no word for stays when others are changed', async () => {
  const metadata = { name: 'Terminal', applicationType: 'device' as const };
  const { client } = await createClient(mine.owner, { organizationId: mine.org, metadata });
  await patch({ client_id: client.clientId }, { grant_types: ['refresh_token'], client_name: 'Till' });
  const { grantTypes } = await getOwnedClient(mine.owner, client.clientId);
  expect(grantTypes.toSorted()).toEqual(['refresh_token', 'urn:ietf:params:oauth:grant-type:device_code']);
});
