import { beforeAll, describe, expect, test } from 'vitest';
import { mintCredential } from '#lib/credentials/index';
import { anAgent, authorizationUrl, aWebApp, tokensOf } from '#support/authorizing';
import { origin } from '#support/listening';
import { basic } from '#support/oauth';

const page = 'https://app.example';
const foreign = 'https://evil.example';
const form = 'application/x-www-form-urlencoded';

/** What a client is answered at: every spelling, and what is right to send there. */
const endpoints: [path: string, method: 'GET' | 'POST', body?: Record<string, string>][] = [
  ['/oauth/token', 'POST', { grant_type: 'client_credentials' }],
  ['/oauth2/token', 'POST', { grant_type: 'client_credentials' }],
  ['/oauth2/tokens', 'POST', { grant_type: 'client_credentials' }],
  ['/o/token/', 'POST', { grant_type: 'client_credentials' }],
  ['/o/token', 'POST', { grant_type: 'client_credentials' }],
  ['/v2/oauth/token', 'POST', { grant_type: 'client_credentials' }],
  ['/oauth/revoke', 'POST', { token: mintCredential('clt_at_') }],
  ['/oauth2/tokens/revoke', 'POST', { token: mintCredential('clt_at_') }],
  ['/oauth/introspect', 'POST', { token: mintCredential('clt_at_') }],
  ['/oauth2/tokens/introspect', 'POST', { token: mintCredential('clt_at_') }],
  ['/v2/oauth/introspect', 'POST', { token: mintCredential('clt_at_') }],
  ['/oauth/device', 'POST', { scope: 'read' }],
  ['/oauth/par', 'POST', { response_type: 'code', redirect_uri: 'https://app.example.com/callback', scope: 'read' }],
  ['/oauth/userinfo', 'GET'],
  ['/oauth/userinfo', 'POST', {}],
  ['/oauth2/userinfo', 'GET'],
  ['/oauth2/userinfo', 'POST', {}],
];
const ofClients = endpoints.filter(([path]) => !path.endsWith('userinfo'));
const documents = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-protected-resource',
  '/.well-known/oauth-protected-resource/api/v1/clients',
  '/oauth/jwks',
];

let app: Awaited<ReturnType<typeof aWebApp>>;
let token: string;
beforeAll(async () => {
  app = await aWebApp({
    allowedOrigins: [page],
    requirePkce: false,
    grantTypes: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
  });
  token = (await tokensOf(await anAgent(app.owner), app)).access_token;
});

type Sent = { from?: string; authorization?: string; headers?: Record<string, string> };

async function ask([path, method, body]: (typeof endpoints)[number], { from, ...sent }: Sent = {}) {
  const own = path.endsWith('userinfo') ? `Bearer ${token}` : basic(app);
  const answer = await fetch(origin + path, {
    method,
    headers: {
      authorization: sent.authorization ?? own,
      ...(from && { origin: from }),
      ...(body && { 'content-type': form }),
      ...sent.headers,
    },
    ...(body && { body: new URLSearchParams(path === '/oauth/par' ? { ...body, client_id: app.clientId } : body) }),
  });
  const exposed = (answer.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/\s*,\s*/);
  return {
    status: answer.status,
    headers: answer.headers,
    allows: allowed(answer),
    exposed,
    text: await answer.text(),
  };
}

const allowed = ({ headers }: { headers: Headers }) => headers.get('access-control-allow-origin');
const varies = ({ headers }: { headers: Headers }) => (headers.get('vary') ?? '').toLowerCase().split(/\s*,\s*/);

describe.each(endpoints)('%s by %s', (...endpoint) => {
  const [path, method] = endpoint;

  test('is answered to the origins that the client registered, never with cookies, and differs by origin', async () => {
    const answer = await ask(endpoint, { from: page });
    expect(answer.status, answer.text).toBeLessThan(300);
    expect(answer.allows).toBe(page);
    expect(varies(answer)).toContain('origin');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.exposed).toContain('www-authenticate');
  });

  test.each([foreign, 'null', `${page}.evil.example`, 'http://app.example', `${page}:8443`, 'https://APP.example'])(
    'from %s it is refused; the page can read the reason and nothing else',
    async (from) => {
      const answer = await ask(endpoint, { from });
      expect(answer.status).toBe(400);
      expect(answer.allows).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(JSON.parse(answer.text)).toEqual({
        error: 'invalid_request',
        error_description: `pages at ${from} may not call this endpoint for this client: register it as an allowed origin or redirect URI of the client`,
      });
    },
  );

  test('without an origin it is answered normally', async () => {
    expect((await ask(endpoint)).status).toBeLessThan(300);
  });

  test('a preflight names no client: asking is allowed, with what a program there sends', async () => {
    const answer = await fetch(origin + path, {
      method: 'OPTIONS',
      headers: {
        origin: foreign,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type,dpop',
      },
    });
    expect(answer.status).toBe(204);
    expect(allowed(answer)).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')?.split(', ')).toContain(method);
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization, content-type, dpop');
    expect(Number(answer.headers.get('access-control-max-age'))).toBeGreaterThan(0);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each<[string, Sent]>([
    ['with a wrong credential', { authorization: `Basic ${Buffer.from('x:y').toString('base64')}` }],
    ['with a header that is none', { authorization: 'nonsense' }],
    ['by a method that is none here', { headers: { 'x-method': 'DELETE' } }],
    ['with an encoding that is none', { headers: { 'content-type': 'text/plain' } }],
  ])('an error can be read by the program that made it: %s', async (_title, { headers, ...sent }) => {
    const byMethod = headers?.['x-method'];
    const answer = byMethod
      ? await fetch(origin + path, { method: byMethod, headers: { origin: page } })
      : await ask(endpoint, { from: page, ...sent, ...(headers && { headers }) });
    expect([page, '*']).toContain(allowed(answer));
    if (answer.status === 401) expect(answer.headers.get('access-control-expose-headers')).toMatch(/www-authenticate/i);
  });
});

describe('what is refused', () => {
  test.each(ofClients)(
    '%s: too large, no form, a parameter twice: said to any origin, for nobody is known yet',
    async (path) => {
      for (const [type, body, status] of [
        [form, `x=${'x'.repeat(60_000)}`, 413],
        ['text/plain', 'x', 415],
        [form, 'a=1&a=2', 400],
        [form, 'a=%ff', 400],
      ] as const) {
        const headers = { origin: page, 'content-type': type };
        const answer = await fetch(origin + path, { method: 'POST', headers, body });
        expect(answer.status).toBe(status);
        expect(allowed(answer)).toBe('*');
        expect(await answer.json()).toMatchObject({ error: 'invalid_request', error_description: expect.any(String) });
      }
    },
  );
});

test('the nonce of a proof can be read at the endpoints that take proofs', async () => {
  for (const endpoint of endpoints.filter(([path]) => /^\/oauth\/(token|userinfo|par)$/.test(path)))
    expect((await ask(endpoint, { from: page })).exposed).toContain('dpop-nonce');
});

describe.each(documents)('%s', (path) => {
  test('is readable from every origin, because the client is not known yet', async () => {
    for (const headers of [{ origin: foreign }, {}] as Record<string, string>[]) {
      const answer = await fetch(origin + path, { headers });
      expect(answer.status).toBe(200);
      expect(allowed(answer)).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
    const etag = (await fetch(origin + path)).headers.get('etag') ?? '';
    const unchanged = await fetch(origin + path, { headers: { origin: foreign, 'if-none-match': etag } });
    expect({ status: unchanged.status, allows: allowed(unchanged) }).toEqual({ status: 304, allows: '*' });
  });

  test('with whatever headers a program adds: MCP’s name the version of its protocol', async () => {
    const headers = { origin: foreign, 'access-control-request-headers': 'mcp-protocol-version' };
    const answer = await fetch(origin + path, { method: 'OPTIONS', headers });
    expect({ status: answer.status, allows: allowed(answer) }).toEqual({ status: 204, allows: '*' });
    expect(answer.headers.get('access-control-allow-headers')).toBe('*');
  });
});

describe('pages for people', () => {
  test.each([
    '/oauth/authorize',
    '/oauth2/authorize',
    '/v2/oauth/authorize',
    '/oauth/end-session',
    '/oauth/end-session/answer',
  ])('no origin is allowed at %s (RFC 9700 §4.16)', async (path) => {
    const asked = authorizationUrl(app, {}, path);
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      const answer = await fetch(origin + asked, {
        method,
        redirect: 'manual',
        headers: { origin: page, 'access-control-request-method': 'POST' },
      });
      const said = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
      expect(said, `${method} ${answer.status}`).toEqual([]);
    }
  });
});

describe('an app in a browser whose developer named no origin', () => {
  const spa = {
    applicationType: 'spa' as const,
    tokenEndpointAuthMethod: 'none' as const,
    redirectUris: ['https://app.example/cb'],
  };
  const from = async (clientId: string, path: string, form: Record<string, string>, at: string) => {
    const body = new URLSearchParams({ client_id: clientId, ...form });
    return allowed(await fetch(origin + path, { method: 'POST', headers: { origin: at }, body }));
  };

  test('may be called where its redirect URIs lead, at every endpoint, and nowhere else', async () => {
    const { clientId } = await aWebApp(spa);
    for (const [path, , form] of ofClients) {
      expect(await from(clientId, path, form ?? {}, page)).toBe(page);
      expect(await from(clientId, path, form ?? {}, foreign)).toBe('*');
    }
  });

  test('origins that it registered later replace those of its redirect URIs', async () => {
    const { clientId } = await aWebApp({ ...spa, allowedOrigins: ['https://other.example'] });
    expect(await from(clientId, '/oauth/token', {}, 'https://other.example')).toBe('https://other.example');
    expect(await from(clientId, '/oauth/token', {}, page)).toBe('*');
  });
});
