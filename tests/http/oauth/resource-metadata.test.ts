import { describe, expect, test } from 'vitest';
import { api } from '#lib/http/app';
import { apps } from '#lib/http/apps/index';
import { docspace } from '#lib/http/docspace/index';
import { native } from '#lib/http/native/index';
import { slashid } from '#lib/http/slashid/index';
import { telnyx } from '#lib/http/telnyx/index';
import { trackle } from '#lib/http/trackle/index';
import { isRegistryPath } from '#lib/resources/rules';
import '#support/database';
import { origin } from '#support/listening';

const wellKnown = `${origin}/.well-known/oauth-protected-resource`;
/** A call of each API that is refused without a token. */
const calls = [
  '/api/v1/clients',
  '/api/v1/me',
  '/api/2.0/clients',
  '/api/2.0/oauth2/clients',
  '/v1/clients',
  '/v1/products/x/clients',
  '/v2/oauth_clients',
  '/v2/oauth/clients',
  '/o/apps/',
  '/o/apps',
  '/oauth2/clients',
];

describe('RFC 9728', () => {
  test('the registry says where its tokens come from', async () => {
    const answer = await fetch(wellKnown);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toMatchObject({
      resource: origin,
      authorization_servers: [origin],
      scopes_supported: ['read'],
      bearer_methods_supported: ['header'],
    });
  });

  test.each(calls)('rule A14: a 401 of %s names a document about that very URL', async (path) => {
    const refused = await fetch(`${origin}${path}?page=1`);
    expect(refused.status).toBe(401);
    const header = refused.headers.get('www-authenticate') ?? '';
    const [, url = ''] = /(?:, | )resource_metadata="([^"]+)"$/.exec(header) ?? [];
    expect(url, header).toBe(wellKnown + path);
    expect(await (await fetch(url)).json()).toMatchObject({ resource: origin + path });
  });

  test('an invalid token is named as such in the same challenge', async () => {
    const headers = { authorization: 'Bearer clt_pat_x' };
    const refused = await fetch(`${origin}/api/v1/clients`, { headers });
    const metadata = `resource_metadata="${wellKnown}/api/v1/clients"`;
    const header = refused.headers.get('www-authenticate') ?? '';
    expect(header).toMatch(/^Bearer error="invalid_token", /);
    expect(header.split(metadata)).toEqual([
      'Bearer error="invalid_token", ',
      expect.stringMatching(/^, DPoP algs="/),
      '',
    ]);
  });

  test.each(['/oauth/token', '/oauth/register/x', '/nothing', '/api/v10', '/v1x', '/x/api/v1'])(
    '%s is no resource: 404',
    async (path) => {
      expect((await fetch(wellKnown + path)).status).toBe(404);
    },
  );

  test('a path that was typed to break it gets no 5xx, and no header of its own', async () => {
    for (const path of ['/api/v1/%22%0d%0aX: 1', '/api/v1/%zz', '/v1/%f0%9f%98%80', '/v1/ü"']) {
      const answer = await api.request(path);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('x')).toBeNull();
    }
  });

  test('every path that an API of the registry answers is one of its resource, but for the operators’, which take no access token', () => {
    const apis = [native, docspace, telnyx, trackle, apps, slashid];
    const paths = apis.flatMap(({ prefixes, routes }) =>
      prefixes.flatMap((prefix) => routes.map(({ path }) => prefix + path)),
    );
    const ofOperators = paths.filter((path) => path.startsWith('/api/v1/platform/'));
    expect(paths.filter((path) => !isRegistryPath(path))).toEqual(ofOperators);
    expect(ofOperators.length).toBeGreaterThan(0);
  });
});
