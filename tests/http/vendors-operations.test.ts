import { describe, expect, test } from 'vitest';
import { anOwner } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aBody } from '#support/docspace';
import { basic } from '#support/oauth';

const id = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';

/** Every operation that the five vendors document for OAuth clients and their tokens, by path; methods that share a path stand together. */
const documented: Record<string, string> = {
  '/v2/oauth_clients': 'GET POST',
  '/v2/oauth_clients/{id}': 'GET PUT DELETE',
  '/v2/oauth/clients': 'GET POST',
  '/v2/oauth/clients/{id}': 'GET PUT DELETE',
  '/v2/oauth_grants': 'GET',
  '/v2/oauth_grants/{id}': 'GET DELETE',
  '/v2/oauth/consent/{id}': 'GET',
  '/v2/oauth/grants': 'POST',
  '/v2/oauth/register': 'POST',
  '/v2/oauth/authorize': 'GET',
  '/v2/oauth/token': 'POST',
  '/v2/oauth/introspect': 'POST',
  '/v2/oauth/jwks': 'GET',
  '/v2/.well-known/oauth-authorization-server': 'GET',
  '/v2/.well-known/oauth-protected-resource': 'GET',
  ...Object.fromEntries(
    ['/api/2.0', '/api/2.0/oauth2'].flatMap((prefix) =>
      Object.entries({
        '/clients': 'GET POST DELETE',
        '/clients/tenant': 'DELETE',
        '/clients/info': 'GET',
        '/clients/consents': 'GET',
        '/clients/{id}': 'GET PUT DELETE',
        '/clients/{id}/regenerate': 'PATCH',
        '/clients/{id}/activation': 'PATCH',
        '/clients/{id}/revoke': 'DELETE',
        '/clients/{id}/info': 'GET',
        '/clients/{id}/public/info': 'GET',
        '/clients/public/{id}/info': 'GET',
        '/scopes': 'GET',
      }).map(([path, methods]) => [prefix + path, methods]),
    ),
  ),
  '/v1/clients': 'GET POST',
  '/v1/clients/{id}': 'PUT DELETE',
  '/v1/products/x/clients': 'GET POST',
  '/v1/products/x/clients/{id}': 'PUT DELETE',
  '/oauth/token': 'POST',
  '/oauth2/clients': 'GET POST',
  '/oauth2/clients/{id}': 'GET PATCH DELETE',
  '/oauth2/clients/{id}/secret': 'PUT',
  '/oauth2/clients/{id}/ui-configuration': 'GET PUT',
  '/oauth2/authorize': 'GET',
  '/oauth2/tokens': 'POST',
  '/oauth2/tokens/revoke': 'POST',
  '/oauth2/tokens/revoke-all': 'POST',
  '/oauth2/tokens/introspect': 'POST',
  '/oauth2/tokens/mint': 'POST',
  '/oauth2/token': 'POST',
  '/oauth2/userinfo': 'GET POST',
  '/o/apps/': 'GET POST',
  '/o/apps/1/': 'DELETE',
  '/o/token/': 'POST',
};

test.each(Object.entries(documented))('%s answers %s, with a slash at its end and without', async (path, methods) => {
  const called = path.replace('{id}', id).replace(/\/$/, '');
  for (const spelled of [called, `${called}/`]) {
    const answer = await ask('OPTIONS', spelled);
    expect(answer.status).toBe(204);
    const allowed = (answer.headers.get('allow') ?? '').split(', ');
    expect(allowed).toEqual(expect.arrayContaining(methods.split(' ')));
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allowed.includes(method));
    for (const method of others) {
      const refused = await ask(method, spelled);
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, allowed.join(', ')]);
    }
  }
});

type Made = { client_id: string; client_secret: string };

/** What each vendor's own programs do first, and for how many seconds its documents say that a token lives. */
const beginnings: [vendor: string, path: string, body: object, token: string, lives: number][] = [
  ['Trackle', '/v1/clients', { name: 'myapp', type: 'installed', scope: 'create:customers' }, '/oauth/token', 604_800],
  ['CryptoFuse', '/o/apps/', { name: 'My New Application' }, '/o/token/', 3600],
  [
    'SlashID',
    '/oauth2/clients',
    { client_name: 'Reporter', scopes: ['read'], grant_types: ['client_credentials'] },
    '/oauth2/tokens',
    86_400,
  ],
  [
    'Telnyx',
    '/v2/oauth_clients',
    {
      name: 'Sync',
      allowed_scopes: ['read'],
      client_type: 'confidential',
      allowed_grant_types: ['client_credentials'],
    },
    '/v2/oauth/token',
    3600,
  ],
];

async function aClientOf(path: string, body: object): Promise<Made> {
  const { owner, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId);
  const ofSlashid = { 'slashid-api-key': token, 'slashid-orgid': organizationId };
  const answer = await ask('POST', path, {
    body,
    ...(path === '/oauth2/clients' ? { headers: ofSlashid } : { token }),
  });
  const told = await answer.json();
  const { client_id, client_secret, id, secret } = told.result ?? told.data ?? told.client ?? told;
  return { client_id: client_id ?? id, client_secret: client_secret ?? secret };
}

describe.each(beginnings)('a client that was made as %s documents it', (_vendor, path, body, tokenPath, lives) => {
  test('gets a token that lives as long as is documented, at that vendor’s token endpoint', async () => {
    const { client_id, client_secret } = await aClientOf(path, body);
    const answer = await ask('POST', tokenPath, {
      headers: {
        authorization: basic({ clientId: client_id, secret: client_secret }),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    expect(await answer.json()).toMatchObject({
      access_token: expect.any(String),
      token_type: expect.stringMatching(/^bearer$/i),
      expires_in: lives,
    });
  });
});

test.each([...beginnings.map(([, path, body]) => [path, body] as const), ['/api/2.0/clients', aBody] as const])(
  'ids and secrets have one form: %s',
  async (path, body) => {
    expect(await aClientOf(path, body)).toEqual({
      client_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      client_secret: expect.stringMatching(/^clt_cs_[0-9A-Za-z]{49}$/),
    });
  },
);
