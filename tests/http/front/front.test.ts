import { once } from 'node:events';
import { type IncomingMessage, request as send } from 'node:http';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { makeFront } from '#lib/http/front';
import { answerPrograms } from '#lib/http/programs';
import { makeServer } from '#lib/http/server';
import { setPhase } from '#lib/kernel/readiness';
import '#support/database';

const appUrl = 'https://apps.example.com';
const lines: Record<string, unknown>[] = [];
/** What reached the pages, which answer `page`, or throw at /throws. */
let reached: IncomingMessage[] = [];
const front = makeFront({
  appUrl,
  dev: false,
  trustedProxies: [],
  toPrograms: answerPrograms,
  toPages: (request, response) => {
    reached.push(request);
    if (request.url === '/throws') throw new Error('a page broke');
    const [, status] = /^\/answers\/(\d{3})/.exec(request.url ?? '') ?? [];
    if (status) return void response.writeHead(Number(status), { location: '/elsewhere' }).end();
    response.end('page');
  },
  log: (line) => lines.push(line),
});
const server = makeServer(front).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = address && typeof address === 'object' ? address.port : 0;
afterAll(() => server.close());
beforeEach(() => {
  setPhase('serving');
  lines.length = 0;
  reached = [];
});

async function call(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const request = send({ port, path, method, headers: { host: 'apps.example.com', ...headers } }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

describe('other forms of a request', () => {
  test('with its host in front of the path: that host counts, whatever the header says (RFC 9112 §3.2.2)', async () => {
    expect((await call('https://apps.example.com/healthz')).status).toBe(200);
    expect((await call('HTTP://APPS.example.com', { host: 'evil.example' })).body).toBe('page');
    expect(reached[0]?.url).toBe('/');
    expect((await call('https://apps.example.com?q=1')).body).toBe('page');
    expect(reached[1]?.url).toBe('/?q=1');
    expect((await call('https://evil.example/api/v1/clients')).status).toBe(421);
    expect((await call('https://apps.example.com@evil.example/api/v1/clients')).status).toBe(421);
    expect((await call('https://evil.example/clients')).headers.location).toBe('https://apps.example.com/clients');
    expect((await call('https://apps.example.com/../clients')).status).toBe(400);
  });

  test('with several spaces after the scheme of Authorization (RFC 9110 §11.4)', async () => {
    const basic = `Basic   ${Buffer.from(`${crypto.randomUUID()}:x`).toString('base64')}`;
    const headers = { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await call('/oauth/token', headers, 'POST')).toMatchObject({ status: 401 });
    expect((await call('/oauth/userinfo', { authorization: 'Bearer   x' })).status).toBe(401);
  });
});

describe('every answer', () => {
  const paths = ['/', '/throws', '/healthz', '/api/2.0/clients', '/v9', '/%E0%A4%A'];
  test.each(paths)('%s carries a policy against frames too (rule A5), nosniff and a request id', async (path) => {
    const { headers } = await call(path);
    expect(headers['content-security-policy']).toMatch(/default-src .*frame-ancestors 'none'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d+/);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("keeps the caller's request id when it is harmless, and makes one when it is not", async () => {
    expect((await call('/', { 'x-request-id': 'trace-1.a' })).headers['x-request-id']).toBe('trace-1.a');
    for (const bad of ['a b', 'a"b', 'x'.repeat(129), ''])
      expect((await call('/', { 'x-request-id': bad })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('another host name', () => {
  const elsewhere = { host: 'evil.example' };

  test('pages are sent to APP_URL, path and query kept', async () => {
    const { status, headers } = await call('/public/x/info?a=1', elsewhere);
    expect([status, headers.location]).toEqual([308, `${appUrl}/public/x/info?a=1`]);
    expect(reached).toEqual([]);
  });

  test.each(['//evil.example/x', '/\\evil.example', '///evil.example'])('%s leads to no other host', async (path) => {
    expect(new URL((await call(path, elsewhere)).headers.location ?? '').origin).toBe(appUrl);
  });

  test('programs and forms get 421', async () => {
    expect((await call('/api/2.0/clients', elsewhere)).status).toBe(421);
    expect((await call('/sign-in', elsewhere, 'POST')).status).toBe(421);
  });

  test('health and readiness are for everybody', async () => {
    expect((await call('/healthz', { host: '10.0.0.7:3000' })).status).toBe(200);
    expect((await call('/readyz', { host: '10.0.0.7:3000' })).status).toBe(200);
  });

  test('X-Forwarded-Host changes nothing, and the host of an absolute target is judged as any other', async () => {
    await call('/', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' });
    expect(reached[0]?.headers).toMatchObject({ host: 'apps.example.com' });
    expect(reached[0]?.headers['x-forwarded-host']).toBeUndefined();
    expect((await call('http://evil.example/')).headers.location).toBe('https://apps.example.com/');
    expect((await call('http://evil.example/', {}, 'POST')).status).toBe(421);
  });
});

describe('pages', () => {
  test('get a new nonce with each view, over whatever the caller sent', async () => {
    const views = [await call('/', { 'content-security-policy': "script-src 'nonce-mine'" }), await call('/')];
    const policies = views.map(({ headers }) => headers['content-security-policy']);
    expect(reached.map(({ headers }) => headers['content-security-policy'])).toEqual(policies);
    expect(policies[0]).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic'/);
    expect(policies[0]).not.toBe(policies[1]);
    expect(policies[0]).not.toContain('mine');
  });

  test.each([
    ['/', 'GET, HEAD, POST, OPTIONS'],
    ['/_next/static/chunks/a.js', 'GET, HEAD, OPTIONS'],
    ['/api/auth/callback/google?code=x&state=y', 'GET, POST, OPTIONS'],
  ])('%s has the methods %s: OPTIONS names them, the others are 405', async (path, allow) => {
    const options = await call(
      path,
      { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
      'OPTIONS',
    );
    expect([options.status, options.headers.allow, options.body]).toEqual([204, allow, '']);
    expect(Object.keys(options.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const others = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'].filter(
      (one) => !allow.includes(one),
    );
    for (const method of others) {
      const { status, headers } = await call(path, {}, method);
      expect([method, status, headers.allow]).toEqual([method, 405, allow]);
    }
    expect(reached).toEqual([]);
  });

  test('never see headers that only this server sets, however they are read', async () => {
    const forged = {
      'x-middleware-subrequest': 'a',
      'X-Clientele-Network': 'forged',
      'x-clientele-language': 'forged',
    };
    await call('/', { ...forged, 'x-forwarded-host': 'forged' });
    expect(reached[0]?.headers['x-middleware-subrequest']).toBeUndefined();
    expect(reached[0]?.headers['x-clientele-network']).toMatch(/^(127\.0\.0\.1|0:0:0:0::\/64)$/);
    expect(reached[0]?.rawHeaders).not.toContain('forged');
  });

  test('a proxy whose X-Forwarded-For counts for nothing is noted in the log, once', async () => {
    for (let n = 0; n < 3; n++) await call('/', { 'x-forwarded-for': '192.0.2.1' });
    expect(lines.filter(({ message }) => String(message).includes('CLIENTELE_TRUSTED_PROXIES'))).toHaveLength(1);
  });

  test('next-auth has /api/auth, where nothing is cached, programs the rest of /api', async () => {
    const { body, headers } = await call('/api/auth/session');
    expect([body, headers['cache-control']]).toEqual(['page', 'no-store']);
    expect((await call('/api/other')).body).not.toBe('page');
  });

  test('that break answer 500 without detail, and the log has the request id', async () => {
    const { status, body, headers } = await call('/throws');
    expect(status).toBe(500);
    expect(body).not.toContain('broke');
    const [line] = lines.filter(({ error }) => String(error).includes('a page broke'));
    expect(line?.requestId).toBe(headers['x-request-id']);
  });
});

describe('an answer to a form', () => {
  const own = { origin: appUrl };

  test.each([301, 302, 303, 307, 308])(
    'that is %i is 303: no browser sends the form once more (rule A4)',
    async (status) => {
      const { status: told, headers } = await call(`/answers/${status}`, own, 'POST');
      expect([told, headers.location]).toEqual([303, '/elsewhere']);
      expect((await call(`/answers/${status}`)).status).toBe(status);
    },
  );

  test('that failed before our code ran is 400 for a form, and 500 for a page', async () => {
    expect((await call('/answers/500', own, 'POST')).status).toBe(400);
    expect((await call('/answers/500')).status).toBe(500);
  });

  test.each(['https://evil.example', 'null', 'http://apps.example.com', ''])('from %s is 403', async (origin) => {
    expect((await call('/sign-in', { origin }, 'POST')).status).toBe(403);
    expect(reached).toEqual([]);
  });

  test('of next-auth is left to it', async () => {
    expect((await call('/api/auth/signin/google', { origin: 'https://evil.example' }, 'POST')).body).toBe('page');
  });

  test.each(['x', 'a'.repeat(41), 'A'.repeat(42), '__proto__'])('with the action %s is 400', async (action) => {
    expect((await call('/sign-in', { ...own, 'next-action': action }, 'POST')).status).toBe(400);
    expect(reached).toEqual([]);
  });
});

test('a temporary failure has Retry-After', async () => {
  expect((await call('/answers/503')).headers['retry-after']).toBe('2');
});

test('Next’s other endpoints are not reachable', async () => {
  const paths = [
    '/_next/image?url=%2F&w=64&q=75',
    '/_next/data/a/b.json',
    '/_next',
    '/__nextjs_font/a',
    '/_error',
    '/a.rsc',
  ];
  for (const path of paths) expect((await call(path)).status).toBe(404);
  expect(reached).toEqual([]);
  expect((await call('/_next/static/chunks/a.js')).body).toBe('page');
});

describe('programs', () => {
  test('are not called by a page’s router', async () => {
    expect((await call('/oauth/authorize', { rsc: '1' })).status).toBe(404);
  });

  test.each(['/%E0%A4%A', '/v2/%E0%A4%A', '/api/2.0/clients/%', '/public/%C0%80/info'])(
    '%s is 400, never 500',
    async (path) => {
      expect((await call(path)).status).toBe(400);
    },
  );
});

describe('while starting', () => {
  test('everything but health is 503 with Retry-After; readiness says why', async () => {
    setPhase('starting');
    expect((await call('/')).status).toBe(503);
    expect((await call('/api/2.0/clients')).headers['retry-after']).toBe('2');
    expect((await call('/healthz')).status).toBe(200);
    const ready = await call('/readyz');
    expect([ready.status, JSON.parse(ready.body)]).toEqual([503, { status: 'not ready', reason: 'starting' }]);
  });

  test('while stopping, connections are closed and readiness is gone', async () => {
    setPhase('stopping');
    expect((await call('/')).headers.connection).toBe('close');
    expect((await call('/readyz')).status).toBe(503);
  });
});

describe('the request log', () => {
  test('has one line for each request, without the query (S3)', async () => {
    await call('/reset?token=very-secret', { 'x-request-id': 'r1' });
    await expect.poll(() => lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'info', requestId: 'r1', method: 'GET', path: '/reset?…', status: 200 });
    expect(JSON.stringify(lines)).not.toContain('very-secret');
  });
});
