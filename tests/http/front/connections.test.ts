import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeServer } from '#lib/http/server';
import '#support/database';
import { head, socketsAt, speak, statusesOf } from '#support/raw-socket';
import { listenForPrograms } from '#support/sockets';

let server: Awaited<ReturnType<typeof listenForPrograms>>;
let host: string;
/** Ends the connection, so that what was sent before can be counted. */
let last: string;
beforeAll(async () => {
  server = await listenForPrograms({ within: { headers: 300, request: 600, silence: 400, idle: 500 } });
  host = `127.0.0.1:${server.port}`;
  last = head('GET /healthz', { Host: host, Connection: 'close' });
});
afterAll(() => server.close());

const upgrades: [string, Record<string, string>][] = [
  ['websocket', { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }],
  ['h2c', { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQCAAAAAAIAAAAA' }],
  ['what nobody knows', { Connection: 'upgrade', Upgrade: 'irc/6.9, tls/1.0' }],
];

describe('a request to change the protocol', () => {
  test.each(upgrades)('%s is ignored', async (_, headers) => {
    const paths = ['/healthz', '/', '/api/v1/clients', '/logos/none.png'];
    const answers = paths.map((path) => statusesOf(server.port, head(`GET ${path}`, { Host: host, ...headers })));
    expect((await Promise.all(answers)).flat()).toEqual([200, 200, 401, 404]);
  });

  test('with a body is answered by what the body says', async () => {
    const body = '{"client_name":"x","redirect_uris":["http://a"]}';
    const headers = { Host: host, 'Content-Type': 'application/json', 'Content-Length': `${body.length}` };
    const plain = await speak(server.port, head('POST /oauth/register', headers, body) + last).closed;
    const upgrading = await speak(server.port, head('POST /oauth/register', { ...headers, ...upgrades[0]?.[1] }, body))
      .closed;
    expect(upgrading.match(/^HTTP.*|\{.*\}/gm)).toEqual(plain.match(/^HTTP.*|\{.*\}/gm)?.slice(0, 2));
  });

  test('is answered also where a library listens for it', async () => {
    const other = makeServer((_, response) => void response.end('answered'));
    other.on('upgrade', () => undefined);
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const headers = { Host: 'x', Connection: 'Upgrade, close', Upgrade: 'websocket' };
    expect(await speak(port, head('GET /', headers)).closed).toContain('answered');
    other.close();
  });

  test('is passed on where it is allowed, and only there', async () => {
    const other = makeServer((_, response) => void response.end('answered'), {
      mayUpgrade: ({ url }) => url === '/hmr',
    });
    other.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const headers = { Host: 'x', Connection: 'Upgrade', Upgrade: 'websocket' };
    expect(await statusesOf(port, head('GET /hmr', headers))).toEqual([101]);
    expect(await statusesOf(port, head('GET /other', { ...headers, Connection: 'Upgrade, close' }))).toEqual([200]);
    other.close();
  });

  test('a client that speaks HTTP/2 at once is refused', async () => {
    expect(await statusesOf(server.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toEqual([400]);
  });
});

describe('malformed and unsupported requests', () => {
  const cases: [string, () => string, number][] = [
    ['TRACE', () => head('TRACE /', { Host: host }), 405],
    ['PROPFIND on a page', () => head('PROPFIND /', { Host: host }), 405],
    ['PUT on a page', () => head('PUT /sign-in', { Host: host, 'Content-Length': '0' }), 405],
    ['POST on a file', () => head('POST /_next/static/a.js', { Host: host, 'Content-Length': '0' }), 405],
    ['an expectation that nobody meets', () => head('GET /healthz', { Host: host, Expect: 'tea' }), 417],
    ['two hosts', () => `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`, 400],
    [
      'two credentials',
      () =>
        `GET /api/v1/clients HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n`,
      400,
    ],
    ['too many headers', () => `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n${'a: b\r\n'.repeat(2000)}\r\n`, 431],
  ];
  test.each(cases)(
    '%s is refused; the connection serves another request if no body can follow',
    async (_, request, status) => {
      const others = request().startsWith('GET') ? [200] : [];
      expect(await statusesOf(server.port, request() + last)).toEqual([status, ...others]);
    },
  );

  test('a refused method is told which ones are supported', async () => {
    const heard = await speak(server.port, head('DELETE /sign-in', { Host: host })).closed;
    expect(heard.toLowerCase()).toContain('\r\nallow: get, head, post, options\r\n');
  });

  const broken: [string, () => string][] = [
    ['no host', () => head('GET /healthz')],
    ['two lengths', () => `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
    [
      'a length and chunks',
      () => `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a method that is none', () => head('BREW /', { Host: host })],
    ['a greeting of TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a line break in a name', () => `GET /healthz HTTP/1.1\r\nHost: ${host}\r\na\rb: c\r\n\r\n`],
  ];
  test.each(broken)('%s is 400, and the connection ends', async (_, text) => {
    expect(await statusesOf(server.port, text())).toEqual([400]);
  });

  test('headers that are too large are 431, and the connection ends', async () => {
    const large = head('GET /healthz', { Host: host, a: 'a'.repeat(20_000) });
    expect(await statusesOf(server.port, large)).toEqual([431]);
  });

  test('CONNECT is 405, and the connection ends', async () => {
    expect(await statusesOf(server.port, head('CONNECT evil.example:443', { Host: 'evil.example:443' }))).toEqual([
      405,
    ]);
  });

  test('Expect: 100-continue is told to go on', async () => {
    const headers = { Host: host, Expect: '100-continue', 'Content-Length': '2', Connection: 'close' };
    expect(await statusesOf(server.port, head('POST /sign-in', headers, 'ab'))).toEqual([100, 200]);
  });

  test('requests sent at once are answered in their order', async () => {
    const requests = ['/healthz', '/api/none', '/healthz', '/logos/none.png'].map((path) =>
      head(`GET ${path}`, { Host: host }),
    );
    expect(await statusesOf(server.port, requests.join('') + last)).toEqual([200, 404, 200, 404, 200]);
  });
});

describe('an idle connection is closed', () => {
  const cases: [string, () => string][] = [
    ['before a byte', () => ''],
    ['in the line of the request', () => 'GET /hea'],
    ['in the headers', () => `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n`],
    ['in the body', () => head('POST /api/v1/clients', { Host: host, 'Content-Length': '90' }, '{"name"')],
    ['in a chunk', () => head('POST /oauth/token', { Host: host, 'Transfer-Encoding': 'chunked' }, '5\r\nab')],
    ['after an answer', () => head('GET /healthz', { Host: host })],
    ['after an upgrade that was not made', () => head('GET /healthz', { Host: host, ...upgrades[0]?.[1] })],
  ];
  test.each(cases)('%s, also when the other side keeps its half open', async (_, text) => {
    const spoken = [false, true].map((allowHalfOpen) => speak(server.port, text(), { allowHalfOpen }));
    for (const { socket } of spoken) socket.on('end', () => socket.destroy());
    await Promise.all(spoken.map(({ closed }) => closed));
    await expect.poll(() => socketsAt(server.port)).toBe(0);
  });

  test('that sends single bytes gets no more time for its request', async () => {
    const { socket, closed } = speak(server.port, head('POST /sign-in', { Host: host, 'Content-Length': '900' }));
    const drip = setInterval(() => socket.write('a'), 50);
    await closed;
    clearInterval(drip);
    await expect.poll(() => socketsAt(server.port)).toBe(0);
  });

  test('whose answer is never read', async () => {
    const other = makeServer((_, response) => void response.end(Buffer.alloc(64 * 1024 * 1024)), {
      within: { silence: 300 },
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { socket } = speak(port, head('GET /', { Host: 'x' }));
    socket.pause();
    await once(other, 'request');
    await expect.poll(() => new Promise((resolve) => other.getConnections((_, count) => resolve(count)))).toBe(0);
    socket.destroy();
    other.close();
  });

  test('whose answer is read too slowly', async () => {
    const other = makeServer((_, response) => void response.write('first'), { within: { answer: 200 } });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await speak(port, head('GET /', { Host: 'x' })).closed).toContain('first');
    other.close();
  });

  test('500 upgrade requests that are abandoned leave no socket behind', async () => {
    const spoken = Array.from({ length: 500 }, (_, at) =>
      speak(server.port, head('GET /', { Host: host, ...upgrades[at % 3]?.[1] })),
    );
    await Promise.all(spoken.map(({ socket }) => once(socket, 'data')));
    for (const { socket } of spoken) socket.destroy();
    await expect.poll(() => socketsAt(server.port)).toBe(0);
  });
});

test('Node itself would keep an upgrade without an answer', async () => {
  const bare = createServer()
    .on('upgrade', () => undefined)
    .listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const { port } = bare.address() as AddressInfo;
  const { socket } = speak(port, head('GET /', { Host: 'x', Connection: 'Upgrade', Upgrade: 'h2c' }));
  const [, taken] = await once(bare, 'upgrade');
  socket.destroy();
  await expect.poll(() => socketsAt(port)).toBeGreaterThan(0);
  taken.destroy();
  bare.close();
});
