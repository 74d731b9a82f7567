import { expect, test } from 'vitest';
import { decideDeviceRequest, getDeviceRequest } from '#lib/devices/index';
import { aPerson } from '#support/actors';
import { userinfo } from '#support/authorizing';
import { db } from '#support/database';
import { begin, deviceGrant } from '#support/device';
import { post } from '#support/oauth';
import { aRegistrar } from '#support/registration';

test.each<[string, object]>([
  ['no scope', { scope: undefined }],
  ['an empty scope', { scope: '' }],
  ['scopes that nobody knows', { scope: 'tv:watch' }],
  ['no scope and a secret', { scope: undefined, token_endpoint_auth_method: 'client_secret_post' }],
])('a device that registered with %s asks its person, and its token works', async (_, asked) => {
  const { register } = await aRegistrar();
  const { client_id, client_secret } = await register({
    redirect_uris: undefined,
    grant_types: [deviceGrant, 'refresh_token'],
    token_endpoint_auth_method: 'none',
    ...asked,
  });
  const credential: Record<string, string> = client_secret === undefined ? {} : { client_secret };
  const app = { clientId: client_id, secret: '' };
  const { status, body } = await begin(app, { scope: 'openid profile', ...credential });
  expect(status, JSON.stringify(body)).toBe(200);
  const person = await aPerson(db);
  await getDeviceRequest(person, body.user_code);
  await decideDeviceRequest(person, body.user_code, { allow: true, wanted: [], organizationId: null });
  const form = { grant_type: deviceGrant, device_code: body.device_code, client_id, ...credential };
  const tokens = await post('/oauth/token', form);
  expect(tokens.status, JSON.stringify(tokens.body)).toBe(200);
  expect((await userinfo(tokens.body.access_token)).status).toBe(200);
});
