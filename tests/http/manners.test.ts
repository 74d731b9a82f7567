import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anOrganizationWithApps, type Item } from '#support/docspace';
import { listenForPrograms } from '#support/sockets';

let server: Awaited<ReturnType<typeof listenForPrograms>>;
let app: Item;
let authorization: string;
beforeAll(async () => {
  server = await listenForPrograms();
  const { token, make } = await anOrganizationWithApps();
  authorization = `Bearer ${token}`;
  app = await make('Docs bot');
});
afterAll(() => server.close());

const send: typeof server.send = (...call) => server.send(...call);

describe('HEAD', () => {
  test.each(['/healthz', '/readyz', '/api/2.0/scopes', '/api/2.0/clients', '/api/2.0/clients/info?limit=5'])(
    'answers as GET does, without a body: %s',
    async (path) => {
      const [head, get] = [
        await send('HEAD', path, { headers: { authorization } }),
        await send('GET', path, { headers: { authorization } }),
      ];
      expect([head.status, head.text]).toEqual([200, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
      expect(head.headers['cache-control']).toBe('no-store');
    },
  );

  test('of what only changes is 405', async () => {
    const answer = await send('HEAD', `/api/2.0/clients/${app.client_id}/regenerate`, { headers: { authorization } });
    expect([answer.status, answer.headers.allow, answer.text]).toEqual([405, 'PATCH, OPTIONS', '']);
  });
});

describe('a trailing slash', () => {
  test.each(['/api/2.0/scopes', '/api/2.0/clients', '/api/2.0/clients/ID', '/api/2.0/oauth2/clients/ID/public/info'])(
    'makes no difference and no redirect: %s',
    async (path) => {
      const without = path.replace('ID', app.client_id);
      const answers = await Promise.all(
        [without, `${without}/`].map((one) => send('GET', one, { headers: { authorization } })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers[1]?.text).toBe(answers[0]?.text);
    },
  );
});

describe('every answer', () => {
  test.each<[string, string, number]>([
    ['GET', '/api/2.0/scopes', 401],
    ['GET', '/api/2.0/nothing', 404],
    ['GET', '/o/nothing', 404],
    ['GET', '/api/v9/nothing', 404],
    ['GET', '/oauth2/nothing', 404],
    ['DELETE', '/api/2.0/scopes', 405],
    ['OPTIONS', '/api/2.0/scopes', 204],
    ['GET', '/healthz', 200],
  ])('%s %s (%i) has a request id and the security headers', async (method, path, status) => {
    const answer = await send(method, path, { headers: { 'x-request-id': 'mine-1' } });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'x-request-id': 'mine-1',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
    if (status >= 400) expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  test('has its own request id if the sent one is invalid', async () => {
    const answer = await send('GET', '/healthz', { headers: { 'x-request-id': 'a b;c' } });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('empty ones say so', async () => {
    const answer = await send('PATCH', `/api/2.0/clients/${app.client_id}/activation`, {
      headers: { authorization, 'content-type': 'application/json' },
      body: '{"status":true}',
    });
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, '', undefined]);
  });
});

describe('a foreign host', () => {
  test.each(['evil.example', '127.0.0.1:1'])('"%s" is 421 for programs', async (host) => {
    for (const path of ['/api/2.0/scopes', '/api/2.0/clients', '/v2/oauth_clients']) {
      const answer = await send('GET', path, { headers: { host, authorization } });
      expect(answer.status).toBe(421);
    }
    expect((await send('GET', '/healthz', { headers: { host } })).status).toBe(200);
  });

  test('a forwarded one changes nothing', async () => {
    const headers = { authorization, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    const answer = await send('GET', `/api/2.0/clients/${app.client_id}`, { headers });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('evil.example');
  });
});

describe('a budget', () => {
  test('cannot be reset by claiming another network', async () => {
    const left = async (headers: Record<string, string>) =>
      Number(
        (await send('GET', '/api/2.0/scopes', { headers: { authorization, ...headers } })).headers[
          'x-ratelimit-remaining'
        ],
      );
    const before = await left({});
    expect(await left({ 'x-forwarded-for': '198.51.100.1' })).toBe(before - 1);
    expect(await left({ 'x-clientele-network': '198.51.100.2' })).toBe(before - 2);
    expect(await left({ 'x-real-ip': '198.51.100.3' })).toBe(before - 3);
  });
});

describe('a strange request', () => {
  test.each(['Bearer', 'Bearer\t', 'bearer x', 'Basic :', 'Bearer \u00e9\u00ff', '=', `Bearer ${'a'.repeat(7000)}`])(
    'with Authorization "%s" is 401, never 500',
    async (value) => {
      for (const [method, path] of [
        ['GET', '/api/2.0/clients'],
        ['POST', '/api/2.0/clients'],
        ['DELETE', '/api/2.0/clients'],
      ] as const)
        expect((await send(method, path, { headers: { authorization: value } })).status).toBe(401);
    },
  );

  test.each([
    '/api/2.0/clients/%00',
    '/api/2.0/clients/a%2fb',
    '/api/2.0/clients/%ff',
    '/api/2.0/clients/%zz',
    '/api/2.0/clients/..%2f..',
    '/api/2.0/clients?limit=%00',
    '/api/2.0/clients?last_created_on=%ff',
    '/api/2.0/clients/info?ids=%00',
  ])('to %s is refused, never 500', async (path) => {
    const { status } = await send('GET', path, { headers: { authorization } });
    expect([200, 400, 404]).toContain(status);
  });

  test('is logged without its query', async () => {
    await send('GET', '/api/2.0/clients?last_client_id=canary-5531', { headers: { authorization } });
    expect(server.lines.some(({ path }) => path === '/api/2.0/clients?…')).toBe(true);
    expect(JSON.stringify(server.lines)).not.toMatch(/canary-5531|clt_pat_/);
  });

  test('with a Content-Length above the limit is refused before the body is read', async () => {
    const headers = { authorization, 'content-type': 'application/json', 'content-length': String(50 * 1024 * 1024) };
    const status = await new Promise((resolve, reject) => {
      server.send('POST', '/api/2.0/clients', { headers, body: '{' }).then(({ status }) => resolve(status), reject);
    });
    expect(status).toBe(413);
  });

  test('with a body that never ends is 413 when it has grown too large', async () => {
    const headers = { authorization, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const answer = await send('POST', '/api/2.0/clients', { headers, body: Buffer.alloc(4 * 1024 * 1024, 'x') });
    expect(answer.status).toBe(413);
  });
});
