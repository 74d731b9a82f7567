import * as openid from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { anOwner } from '#support/actors';
import { aToken } from '#support/api';
import { db } from '#support/database';
import { origin } from '#support/listening';

/** What discovery will answer; until it does, the library is told by hand and asks the real server for all else. */
const metadata = { issuer: origin, registration_endpoint: `${origin}/oauth/register` };
const byHand: openid.CustomFetch = (url, options) =>
  new URL(url).pathname.startsWith('/.well-known/')
    ? Promise.resolve(Response.json(metadata))
    : fetch(url, options as RequestInit);

describe('the npm package openid-client', () => {
  let initialAccessToken: string;
  beforeAll(async () => {
    const { owner, organizationId } = await anOwner(db);
    initialAccessToken = await aToken(db, owner, organizationId, { scopes: ['clients:write'] });
  });
  const options = () => ({
    initialAccessToken,
    algorithm: 'oauth2' as const,
    execute: [openid.allowInsecureRequests],
    [openid.customFetch]: byHand,
  });
  const notes = { client_name: 'Notes', redirect_uris: ['https://notes.example/cb'] };

  test('registers a client with a secret and takes it for its own', async () => {
    const made = await openid.dynamicClientRegistration(new URL(origin), notes, undefined, options());
    const client = made.clientMetadata();
    expect(client).toMatchObject({
      ...notes,
      client_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_secret: expect.stringMatching(/^clt_cs_/),
      client_secret_expires_at: 0,
      registration_client_uri: `${origin}/oauth/register/${client.client_id}`,
    });
    const read = await fetch(String(client.registration_client_uri), {
      headers: { authorization: `Bearer ${client.registration_access_token}` },
    });
    expect([read.status, await read.json()]).toMatchObject([200, notes]);
  });

  test('registers a public native client', async () => {
    const native = { ...notes, redirect_uris: ['http://127.0.0.1/cb'], token_endpoint_auth_method: 'none' };
    const made = await openid.dynamicClientRegistration(new URL(origin), native, openid.None(), options());
    expect(made.clientMetadata()).toMatchObject({ application_type: 'native', token_endpoint_auth_method: 'none' });
  });

  test('throws its own errors: what is wrong with the metadata, and the challenge for a token that is none', async () => {
    const bad = { ...notes, redirect_uris: ['https://notes.example/#'] };
    await expect(openid.dynamicClientRegistration(new URL(origin), bad, undefined, options())).rejects.toMatchObject({
      error: 'invalid_redirect_uri',
      status: 400,
      error_description: expect.stringContaining('redirect_uris.0'),
    });
    const refused = openid.dynamicClientRegistration(new URL(origin), notes, undefined, {
      ...options(),
      initialAccessToken: 'nobody',
    });
    await expect(refused).rejects.toMatchObject({
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }, { scheme: 'dpop' }],
    });
  });
});
