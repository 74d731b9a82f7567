import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { listAuditEvents } from '#lib/audit/index';
import { updateClient } from '#lib/clients/index';
import type { ClientPatch, Provenance } from '#lib/clients/rules';
import { verifyDomain } from '#lib/domains/index';
import { createSecret } from '#lib/secrets/index';
import { stranger } from '#support/actors';
import { ask } from '#support/api';
import {
  type Agent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  decide,
  locationOf,
  pkce,
  redeem,
  refresh,
  tokensOf,
  userinfo,
} from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { askToken, basic, introspect, post } from '#support/oauth';
import { push } from '#support/pushing';
import { aRegistrar, asSent, pathOf } from '#support/registration';

const loopback = 'http://127.0.0.1:33418/callback';
const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

let mine: Awaited<ReturnType<typeof aRegistrar>>;
let agent: Agent;
beforeAll(async () => {
  mine = await aRegistrar();
  agent = await aPersonsAgent();
});

/** A program on people's devices that registered itself and was given a secret. */
async function anInstalledApp(body: object = {}) {
  const scope = 'openid profile offline_access files:read';
  const grant_types = ['authorization_code', 'refresh_token'];
  const made = await mine.register({ redirect_uris: [loopback], grant_types, scope, ...body });
  return { ...made, clientId: made.client_id, secret: made.client_secret ?? '' };
}
type App = Awaited<ReturnType<typeof anInstalledApp>>;

const asked = { redirect_uri: loopback, scope: 'openid profile offline_access files:read', prompt: 'consent' };
async function tokensFor(app: App) {
  const { verifier, challenge } = pkce();
  const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = (await authorize(agent, app, { ...asked, ...proof })).get('code') ?? '';
  const { status, body } = await redeem(app, code, { code_verifier: verifier, redirect_uri: loopback });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { access_token: string; refresh_token: string };
}

describe('an installed program with a secret (rule S7)', () => {
  test('gets tokens by its secret and PKCE, and userinfo knows them', async () => {
    const app = await anInstalledApp();
    const { access_token, refresh_token } = await tokensFor(app);
    expect((await userinfo(access_token)).status).toBe(200);
    expect((await refresh(app, refresh_token)).status).toBe(200);
  });

  test('has to show its secret all the same', async () => {
    const app = await anInstalledApp();
    const { refresh_token } = await tokensFor(app);
    expect((await refresh({ ...app, secret: '' }, refresh_token)).status).toBe(401);
    expect((await refresh({ ...app, secret: 'clt_cs_wrong' }, refresh_token)).status).toBe(401);
  });

  test('gets no code without PKCE', async () => {
    const app = await anInstalledApp();
    const answer = await agent.go(authorizationUrl(app, asked));
    expect(new URL(locationOf(answer)).searchParams.get('error')).toBe('invalid_request');
  });

  test('is always asked for, also with an https redirect URI under an unverified domain', async () => {
    const app = await anInstalledApp({ redirect_uris: [loopback, 'https://notes.example/cb'] });
    for (const redirect_uri of [loopback, 'https://notes.example/cb']) {
      const once = { ...asked, redirect_uri, prompt: undefined, code_challenge: pkce().challenge };
      const url = authorizationUrl(app, { ...once, code_challenge_method: 'S256' });
      const page = locationOf(await agent.go(url));
      if (page.startsWith(`${origin}/consent/`)) await decide(agent, page, 'allow');
      expect(locationOf(await agent.go(url))).toContain('/consent/');
    }
  });

  test('gets no client_credentials', async () => {
    const app = await anInstalledApp();
    const { status, body } = await askToken(app);
    expect([status, body.error]).toEqual([400, 'unauthorized_client']);
  });

  test('may not introspect, not even its own tokens', async () => {
    const app = await anInstalledApp();
    const { access_token } = await tokensFor(app);
    expect(await introspect(app, access_token)).toEqual({ active: false });
  });

  test('may not push a redirect URI that it did not register, under a verified domain either', async () => {
    const domain = `${randomUUID()}.example`;
    await verifyDomain(operator, { organizationId: mine.organizationId, domain });
    const app = await anInstalledApp({ redirect_uris: [loopback, `https://${domain}/cb`] });
    const scope = 'openid';
    expect((await push(app, { redirect_uri: loopback, scope })).status).toBe(201);
    const { status, body } = await push(app, { redirect_uri: `https://pr-1.${domain}/cb`, scope });
    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });

  test('has its refresh tokens rotated, and one that comes back ends them', async () => {
    const app = await anInstalledApp();
    const first = (await tokensFor(app)).refresh_token;
    const next = (await refresh(app, first)).body.refresh_token;
    expect(next).not.toBe(first);
  });
});

describe('after an update', () => {
  const tokenOf = (app: App) => ({ token: app.registration_access_token });

  test('a web app that gets a redirect URI on a device counts as installed', async () => {
    const app = await anInstalledApp({
      redirect_uris: ['https://notes.example/cb'],
      grant_types: ['authorization_code', 'client_credentials'],
      scope: 'openid files:read',
    });
    expect((await askToken(app)).status).toBe(200);
    const changed = { ...asSent(app), redirect_uris: [loopback], application_type: 'web' };
    const answer = await ask('PUT', pathOf(app), { ...tokenOf(app), body: changed });
    expect(answer.status, await answer.clone().text()).toBe(200);
    expect((await askToken(app)).body.error).toBe('unauthorized_client');
    const refused = await agent.go(authorizationUrl(app, { redirect_uri: loopback, scope: 'openid' }));
    expect(new URL(locationOf(refused)).searchParams.get('error')).toBe('invalid_request');
  });

  test('of its organization in the portal nothing makes it confidential while an answer leads to a device', async () => {
    const app = await anInstalledApp({ redirect_uris: ['com.example.app:/cb'] });
    await updateClient({ ...mine.owner, channel: 'portal' }, app.clientId, { requirePkce: false, name: 'Renamed' });
    const edits = [
      { applicationType: 'web' as const },
      { grantTypes: ['authorization_code' as const, 'client_credentials' as const] },
    ];
    for (const edit of edits)
      await updateClient({ ...mine.owner, channel: 'portal' }, app.clientId, edit).catch(() => undefined);
    expect((await askToken(app)).body.error).toBe('unauthorized_client');
    const request = { redirect_uri: 'com.example.app:/cb', scope: 'openid' };
    const answer = locationOf(await agent.go(authorizationUrl(app, request)));
    expect(answer).toContain('error=invalid_request');
    expect(await introspect(app, 'nothing')).toEqual({ active: false });
  });

  const confidential = {
    application_type: 'web',
    redirect_uris: ['https://notes.example/cb'],
    grant_types: ['authorization_code', 'client_credentials'],
  };

  test('its own registration cannot make it a web app with the secret of the devices', async () => {
    const app = await anInstalledApp();
    const body = { ...asSent(app), ...confidential };
    for (const _ of [1, 2]) {
      const answer = await ask('PUT', pathOf(app), { ...tokenOf(app), body });
      expect(await answer.json()).toMatchObject({
        application_type: 'native',
        grant_types: ['authorization_code'],
        warnings: expect.arrayContaining([
          { field: 'application_type', rule: 'R7', message: expect.stringMatching(/organization/) },
          { field: 'grant_types', rule: 'M5', message: expect.any(String) },
        ]),
      });
    }
    expect((await askToken(app)).body.error).toBe('unauthorized_client');
    expect(await introspect(app, 'nothing')).toEqual({ active: false });
  });

  test('its own registration cannot make it a machine', async () => {
    const app = await anInstalledApp();
    const { redirect_uris: _none, response_types: _code, ...rest } = asSent(app) as Record<string, unknown>;
    const body = { ...rest, grant_types: ['client_credentials'] };
    const answer = await ask('PUT', pathOf(app), { ...tokenOf(app), body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: 'invalid_client_metadata',
      errors: expect.arrayContaining([expect.objectContaining({ field: 'grant_types', rule: 'M5' })]),
    });
    expect((await askToken(app)).body.error).toBe('unauthorized_client');
  });

  test('its own registration cannot make a public one a web app with a new secret', async () => {
    const app = await anInstalledApp({ token_endpoint_auth_method: 'none' });
    const body = { ...asSent(app), ...confidential, token_endpoint_auth_method: 'client_secret_basic' };
    const answer = await ask('PUT', pathOf(app), { ...tokenOf(app), body });
    const changed = (await answer.json()) as { client_secret: string };
    expect(changed).toMatchObject({ application_type: 'native', client_secret: expect.any(String) });
    const { body: refused } = await askToken({ clientId: app.clientId, secret: changed.client_secret });
    expect(refused.error).toBe('unauthorized_client');
  });

  const https = { redirectUris: ['https://notes.example/cb'] };
  test.each<[Provenance, ClientPatch]>([
    ['portal', { applicationType: 'web', ...https }],
    ['native', { applicationType: 'web', ...https }],
    ['portal', { applicationType: 'web', secretOptional: true, ...https }],
    ['portal', { applicationType: 'machine', grantTypes: ['client_credentials'], redirectUris: [] }],
    ['docspace', https],
    ['telnyx', https],
    ['slashid', https],
  ])('%s makes it an app of another type: its secrets and their tokens end', async (channel, patch) => {
    const app = await anInstalledApp();
    const { access_token } = await tokensFor(app);
    const changed = await updateClient({ ...mine.owner, channel }, app.clientId, patch);
    expect(changed.applicationType).not.toBe('native');
    expect((await askToken(app)).body.error).toBe('invalid_client');
    expect((await userinfo(access_token)).status).toBe(401);
    const [event] = await listAuditEvents(mine.owner, { type: 'client', id: app.clientId }, { limit: 1 });
    expect(event).toMatchObject({ action: 'client.update', before: { secretIds: [expect.any(String)] } });
    const { value = '' } = await createSecret(mine.owner, app.clientId, { name: 'Of the server' });
    const second = { clientId: app.clientId, secret: value };
    const { body } = await post('/oauth/revoke', { token: 'none' }, { authorization: basic(second) });
    expect(body?.error).toBeUndefined();
  });

  test('a key of the devices authenticates no app of another type', async () => {
    const { publicKey } = await generateKeyPair('ES256');
    const key = { ...(await exportJWK(publicKey)), kid: 'device' } as const;
    const keyed = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } };
    const app = await anInstalledApp(keyed);
    const portal = { ...mine.owner, channel: 'portal' } as const;
    for (const jwks of [undefined, { keys: [{ ...key, kid: 'renamed' }] }])
      await expect(
        updateClient(portal, app.clientId, { applicationType: 'web', ...https, ...(jwks && { jwks }) }),
      ).rejects.toMatchObject({ issues: [{ field: 'jwks', rule: 'M8' }] });
    const other = await exportJWK((await generateKeyPair('ES256')).publicKey);
    const changed = await updateClient(portal, app.clientId, {
      applicationType: 'web',
      ...https,
      jwks: { keys: [{ ...other }] },
    });
    expect(changed.applicationType).toBe('web');
  });

  test('another secret from its organization changes nothing', async () => {
    const app = await anInstalledApp();
    const { value = '' } = await createSecret(mine.owner, app.clientId, { name: 'Second' });
    const form = { grant_type: 'client_credentials' };
    const second = { clientId: app.clientId, secret: value };
    const { body } = await post('/oauth/token', form, { authorization: basic(second) });
    expect(body.error).toBe('unauthorized_client');
  });
});

test('a web app of that registration goes on being confidential', async () => {
  const app = await anInstalledApp({ redirect_uris: ['https://app.example.com/callback'] });
  const changes = { scope: 'openid profile', prompt: undefined };
  const { access_token } = await tokensOf(agent, app, changes);
  expect(await introspect(app, access_token)).toMatchObject({ active: true });
});
