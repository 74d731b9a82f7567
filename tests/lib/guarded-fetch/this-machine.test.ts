import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchJson } from '#lib/guarded-fetch/index';
import { startCanary } from '#support/canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
const limits = { bytesMax: 1000, timeoutMs: 60_000 };

let server: Awaited<ReturnType<typeof startCanary>>;
beforeAll(async () => {
  server = await startCanary((request, response) => {
    const json = { 'content-type': 'application/json; charset=utf-8' };
    const say = (status: number, headers: object, body: string | Buffer) =>
      void response.writeHead(status, { ...headers }).end(body);
    switch (request.url) {
      case '/good?a=b':
        return say(200, json, JSON.stringify(request.headers));
      case '/redirect':
        return say(302, { ...json, location: '/good?a=b' }, '[]');
      case '/missing':
        return say(404, json, '[]');
      case '/large':
        return say(200, json, `"${'x'.repeat(999)}"`);
      case '/endless': {
        response.writeHead(200, json);
        const more = setInterval(() => response.write('x'.repeat(100)), 5);
        return void response.on('close', () => clearInterval(more));
      }
      case '/slow':
        return void response.writeHead(200, json).write('[');
      case '/silent':
        return;
      case '/text':
        return say(200, { 'content-type': 'text/html' }, '[]');
      case '/broken':
        return say(200, json, '[1,');
      case '/bytes':
        return say(200, json, Buffer.from([0x22, 0xff, 0xfe, 0x22]));
      case '/packed':
        return say(200, { ...json, 'content-encoding': 'gzip' }, 'x');
      case '/cut':
        return void response.writeHead(200, { ...json, 'content-length': '50' }).write('[', () => response.destroy());
      default:
        return say(500, {}, '');
    }
  });
});
afterAll(() => server.stop());

describe('a guarded fetch with permission for loopback', () => {
  test('reads a JSON document; it sends its own User-Agent and accepts no compression', async () => {
    expect(await fetchJson(`${server.origin}/good?a=b`, limits)).toEqual({
      ok: true,
      value: expect.objectContaining({
        host: `127.0.0.1:${server.port}`,
        'user-agent': 'Clientele',
        'accept-encoding': 'identity',
      }),
    });
    expect(await fetchJson(`http://localhost:${server.port}/good?a=b`, limits)).toMatchObject({ ok: true });
  });

  test.each([
    ['/redirect', 'It redirects, and redirects are not followed.'],
    ['/missing', 'It answers 404 instead of 200.'],
    ['/large', 'It is larger than 1000 bytes.'],
    ['/endless', 'It is larger than 1000 bytes.'],
    ['/text', 'It is not sent as application/json.'],
    ['/broken', 'It is not valid JSON.'],
    ['/bytes', 'It is not valid JSON.'],
    ['/packed', 'It is sent compressed.'],
    ['/cut', 'It cannot be reached.'],
  ])('%s: %s', async (path, reason) => {
    expect(await fetchJson(server.origin + path, limits)).toEqual({ ok: false, reason });
  });

  test.each(['/slow', '/silent'])('%s: It did not answer in time.', async (path) => {
    const fetched = await fetchJson(server.origin + path, { ...limits, timeoutMs: 700 });
    expect(fetched).toEqual({ ok: false, reason: 'It did not answer in time.' });
  });

  test('follows no redirect', async () => {
    await fetchJson(`${server.origin}/redirect`, limits);
    expect(server.paths.at(-1)).toBe('/redirect');
  });

  test('speaks TLS where https is named, and takes no plain answer', async () => {
    expect(await fetchJson(`https://127.0.0.1:${server.port}/good?a=b`, limits)).toEqual({
      ok: false,
      reason: 'It cannot be reached.',
    });
  });

  test.each([
    'http://10.0.0.1/',
    'https://192.168.0.1/',
    'https://169.254.169.254/',
    'https://[::ffff:127.0.0.1]/',
    'http://0.0.0.0/',
  ])('is still refused for other private addresses: %s', async (address) =>
    expect((await fetchJson(address, limits)).ok).toBe(false),
  );

  test('leaves no connection open', async () => {
    await fetchJson(`${server.origin}/good?a=b`, limits);
    await expect.poll(() => server.open()).toBe(0);
  });
});
