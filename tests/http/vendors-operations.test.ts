import { expect, test } from 'vitest';
import { ask } from '#support/api';
import '#support/database';

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
