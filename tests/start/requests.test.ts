import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionBody, actionIn, aServer } from '#support/a-server';
import { inheritedNames } from '#support/inherited-names';
import { head, socketsAt, speak } from '#support/raw-socket';

let server: Awaited<ReturnType<typeof aServer>>;
let host: string;
let origin: string;
let action: string;
beforeAll(async () => {
  server = await aServer({ CLIENTELE_RATE_LIMIT_FACTOR: '1000' });
  host = `127.0.0.1:${server.port}`;
  origin = `http://${host}`;
  action = actionIn((await server.ask('/forgot-password')).text);
});
afterAll(() => server.stop());

test('500 half-open requests for another protocol leave no socket behind, though Next listens for them', async () => {
  await server.ask('/');
  const before = socketsAt(server.port);
  const headers = { Host: host, Connection: 'Upgrade' };
  const spoken = Array.from({ length: 500 }, (_, at) => {
    const path = ['/', '/healthz', '/_next/hmr', '/logos/none.png'][at % 4];
    return speak(server.port, head(`GET ${path}`, { ...headers, Upgrade: ['websocket', 'h2c', 'irc'][at % 3] ?? '' }), {
      allowHalfOpen: true,
    });
  });
  await Promise.all(spoken.map(({ socket }) => once(socket, 'end')));
  for (const { socket } of spoken) socket.destroy();
  await expect.poll(() => socketsAt(server.port), { timeout: 10_000 }).toBeLessThanOrEqual(before);
});

describe('unused endpoints are not served', () => {
  const paths = [
    '/_next/image?url=%2Fclients&w=64&q=75',
    '/_next/image?url=https%3A%2F%2Fevil.example%2Fa.png&w=64&q=75',
    '/_next/data/x/index.json',
    '/_next/static',
    '/_next/static/',
    '/_next/static/chunks',
    '/_next/hmr',
    '/_next/server/app/page.js',
    '/_next',
    '/__nextjs_original-stack-frames',
    '/__nextjs_font/geist-latin.woff2',
    '/_error',
    '/_not-found',
    '/_global-error',
    '/404',
    '/500',
    '/index.rsc',
    '/sign-in.rsc',
    '/sign-in.segments/_tree.segment.rsc',
  ];
  test.each(paths)('%s is 404 in a few bytes', async (path) => {
    const { status, text } = await server.ask(path);
    expect(status).toBe(404);
    expect(text.length).toBeLessThan(200);
  });

  test('Next’s internal answers are not served', async () => {
    const { status, headers } = await server.ask('/no/such/page', { headers: { 'x-nextjs-data': '1' } });
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('text/html');
  });

  test('the files of pages are served', async () => {
    const { text } = await server.ask('/');
    const [file = ''] = /\/_next\/static\/[^"]+\.js/.exec(text) ?? [];
    expect((await server.ask(file)).status).toBe(200);
  });
});

describe('a form that does not come from our page', () => {
  const form = () => actionBody({ email: 'a@b.example' });
  const post = (headers: Record<string, string>, body: FormData | string = form(), path = '/forgot-password') =>
    server.ask(path, { method: 'POST', headers, body });

  test.each(['https://evil.example', 'null', 'nonsense', ''])('from the origin "%s" is 403', async (from) => {
    expect((await post({ origin: from, 'next-action': action })).status).toBe(403);
    expect((await post({ origin: from })).status).toBe(403);
  });

  test.each(['x', '0'.repeat(42), 'f'.repeat(42), 'toString', '__proto__', '{}', 'a'.repeat(5000)])(
    'with the action "%s" is refused',
    async (id) => {
      const { status } = await post({ origin, 'next-action': id });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  const bodies: [string, Record<string, string>, string][] = [
    ['no type', {}, 'x'],
    ['a type without boundary', { 'content-type': 'multipart/form-data' }, 'x'],
    ['another boundary', { 'content-type': 'multipart/form-data; boundary=a' }, '--b\r\n\r\n'],
    [
      'an unfinished part',
      { 'content-type': 'multipart/form-data; boundary=a' },
      '--a\r\nContent-Disposition: form-data; name="0"\r\n\r\n[',
    ],
    ['no part at all', { 'content-type': 'multipart/form-data; boundary=a' }, '--a--\r\n'],
    ['a text that is no list', { 'content-type': 'text/plain;charset=UTF-8' }, '{'],
    ['JSON', { 'content-type': 'application/json' }, '[]'],
    ['a form of another kind', { 'content-type': 'application/x-www-form-urlencoded' }, 'email=a'],
  ];
  test.each(bodies)('whose body is %s is refused', async (_, headers, body) => {
    expect((await post({ origin, 'next-action': action, ...headers }, body)).status).toBe(400);
    expect((await post({ origin, ...headers }, body)).status).toBeLessThan(500);
  });

  test.each(['[]', '["x","y"]', '[{"toString":1},{"get":1}]', '[null,null]', '[1e999]', '["$K9","$F1"]'])(
    'whose arguments are %s causes no error',
    async (text) => {
      const headers = { origin, 'next-action': action, 'content-type': 'text/plain;charset=UTF-8' };
      expect((await post(headers, text)).status).toBeLessThan(500);
    },
  );

  test.each(inheritedNames)('with a field called %s is a form like any other', async (name) => {
    const body = actionBody({ email: 'no address', [name]: 'x' });
    expect((await post({ origin, 'next-action': action }, body)).status).toBe(200);
  });

  test('that names an action of another page is answered', async () => {
    expect((await post({ origin, 'next-action': action }, form(), '/sign-up')).status).toBeLessThan(500);
  });

  test('of many megabytes is 413', async () => {
    const body = actionBody({ email: 'a'.repeat(5 * 1024 * 1024) });
    expect((await post({ origin, 'next-action': action }, body)).status).toBe(413);
  });

  test('as our own page sends it is answered', async () => {
    expect((await post({ origin, 'next-action': action })).status).toBe(200);
  });
});

describe('names that every object has', () => {
  const app = join(import.meta.dirname, '..', '..', 'app');
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)page\.tsx$/.test(file));
  const sources = files.map((file) => readFileSync(join(app, file), 'utf8')).join('');
  /** Whatever any page reads of its address, and some that none does. */
  const parameters = [
    ...new Set(sources.match(/\b[a-zA-Z_]{2,20}\b(?=[^;]*\} = await searchParams)|(?<=searchParams\)\.)\w+/g)),
  ];
  const known = [
    'done',
    'error',
    'callbackUrl',
    'email',
    'token',
    'client_id',
    'lang',
    'because',
    'user_code',
    'reveal',
    'sort',
    'q',
  ];
  const paths = files.map((file) => `/${file.replace(/\([^)]+\)\//g, '').replace(/\/?page\.tsx$/, '')}`);
  let cookie = '';
  beforeAll(async () => {
    const page = await server.ask('/sign-up');
    const body = actionBody({ name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' });
    const headers = { origin, 'next-action': actionIn(page.text) };
    const { headers: told } = await server.ask('/sign-up', { method: 'POST', headers, body });
    cookie = String(told['set-cookie']).split(';')[0] ?? '';
  });

  test.each(inheritedNames)('%s is an ordinary text in the URL of any page', async (name) => {
    expect(paths.length).toBeGreaterThan(40);
    const query = [...new Set([...parameters, ...known, name])].map((one) => `${one}=${name}`).join('&');
    for (const path of paths)
      for (const asking of ['', cookie]) {
        const target = `${path.replace(/\[[^\]]+\]/g, name)}?${query}`;
        const { status } = await server.ask(target, { headers: { cookie: asking } });
        // The page of a database that is away says so by its status.
        expect([target, status < 500 || path === '/busy']).toEqual([target, true]);
      }
  });
});

test('every line on both streams is a JSON record, except those for a terminal', async () => {
  const odd = ['TRACE', 'PROPFIND', 'PUT', 'OPTIONS'].map((method) => server.ask('/', { method }));
  const queries = inheritedNames.map((name) => server.ask(`/sign-in?error=${name}&callbackUrl=${name}&${name}=1`));
  const auth = ['/api/auth/nope', '/api/auth/callback/x?error=a', '/api/auth/signin/x'].map((path) => server.ask(path));
  const cookies = ['next-auth.session-token=x', '__prerender_bypass=x; __next_preview_data=y', '=;;;%%%'];
  const strange = cookies.map((cookie) =>
    server.ask('/clients', { headers: { cookie, rsc: '1', 'next-router-state-tree': '%' } }),
  );
  for (const { status } of await Promise.all([...odd, ...queries, ...auth, ...strange]))
    expect(status).toBeLessThan(500);
  await speak(server.port, 'nonsense\r\n\r\n').closed;
  await speak(server.port, head('CONNECT a:1', { Host: host })).closed;
  const notRecords = server.lines().filter((line) => !isRecord(line));
  expect(notRecords).toEqual([
    expect.stringMatching(/^Clientele is at http:\/\/127\.0\.0\.1:\d+ \(ready in \d+ ms\)$/),
  ]);
  const records = server
    .lines()
    .filter(isRecord)
    .map((line) => JSON.parse(line));
  for (const record of records) expect(record).toMatchObject({ at: expect.any(String), level: expect.any(String) });
  expect(records.filter(({ status, path }) => Number(status) >= 500 && !path.startsWith('/busy'))).toEqual([]);
});

function isRecord(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

test('behind an https proxy the server sends no request to itself after a form', async () => {
  const behind = await aServer({ APP_URL: 'https://portal.test', CLIENTELE_TRUSTED_PROXIES: '127.0.0.1' });
  try {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
    const { text } = await behind.ask('/sign-up?callbackUrl=%2Fsettings%2Fprofile', { headers });
    const fields = {
      name: 'Ada',
      email: 'ada@example.com',
      password: 'correct horse battery',
      callbackUrl: '/settings/profile',
    };
    const sent = { ...headers, origin: 'https://portal.test', 'next-action': actionIn(text) };
    const answer = await behind.ask('/sign-up', { method: 'POST', headers: sent, body: actionBody(fields) });
    expect(answer.headers['x-action-redirect']).toContain('/settings/profile');
    // The next page came along.
    expect(answer.text).toContain('ada@example.com');
    expect(answer.headers['set-cookie']?.join()).toMatch(/; Secure/);
    expect(behind.lines().filter((line) => !isRecord(line))).toHaveLength(1);
    expect(behind.lines().filter((line) => line.includes('"level":"error"'))).toEqual([]);
  } finally {
    await behind.stop();
  }
});
