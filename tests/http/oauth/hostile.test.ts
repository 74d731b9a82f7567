import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { anAgent, aWebApp, callback, tokensOf } from '#support/authorizing';
import { deviceGrant } from '#support/device';
import { log, origin } from '#support/listening';
import { basic } from '#support/oauth';

const form = 'application/x-www-form-urlencoded';
const token = ['/oauth/token', '/oauth2/token', '/oauth2/tokens', '/o/token', '/o/token/', '/v2/oauth/token'];
const aboutTokens = [
  ...['/oauth/introspect', '/oauth2/tokens/introspect', '/v2/oauth/introspect'],
  ...['/oauth/revoke', '/oauth2/tokens/revoke'],
];
const forms = [...token, ...aboutTokens, '/oauth/par', '/oauth/device'];
const takesJson = new Set(['/oauth/token', '/v2/oauth/token']);
const userinfo = ['/oauth/userinfo', '/oauth2/userinfo'];
const documents = ['/oauth/jwks', '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

let app: Awaited<ReturnType<typeof aWebApp>>;
let accessToken: string;
beforeAll(async () => {
  app = await aWebApp({
    requirePkce: false,
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials', deviceGrant],
  });
  accessToken = (await tokensOf(await anAgent(app.owner), app)).access_token;
});

type Asked = {
  method?: string;
  type?: string | null;
  authorization?: string | null;
  headers?: object;
  body?: string | Buffer;
};

/** As a program that keeps to nothing would: no library in between that would put it right. */
function send(path: string, { method = 'POST', type = form, authorization, headers, body = '' }: Asked = {}) {
  const { hostname, port } = new URL(origin);
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const by = authorization === undefined ? basic(app) : authorization;
    const asked = request({
      ...{ hostname, port, path, method, agent: false },
      headers: {
        ...(headers && 'transfer-encoding' in headers ? {} : { 'content-length': Buffer.byteLength(body) }),
        ...(type !== null && { 'content-type': type }),
        ...(by !== null && { authorization: by }),
        ...headers,
      },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asked.end(body);
  });
}

/** What RFC 6749 §5.2 has of every refusal; answers its status and code. */
function judged(answer: Awaited<ReturnType<typeof send>>) {
  const { status, headers, text } = answer;
  expect(status, text).toBeGreaterThanOrEqual(400);
  expect(status, text).toBeLessThan(500);
  expect(headers['content-type']).toBe('application/json');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['set-cookie']).toBeUndefined();
  const body = JSON.parse(text);
  expect(body.error).toMatch(/^[a-z_]+$/);
  expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expect(text).not.toContain(app.secret);
  expect(text.length).toBeLessThan(1000);
  return `${status} ${body.error}`;
}

const long = 'x'.repeat(40_000);
/** What is right at that endpoint, so that only what is wrong beside it counts. */
const right = (path: string) => {
  if (token.includes(path)) return 'grant_type=client_credentials';
  if (path === '/oauth/device') return 'scope=read';
  const pushed = `response_type=code&client_id=${app.clientId}&redirect_uri=${encodeURIComponent(callback)}`;
  return path === '/oauth/par' ? pushed : `token=${accessToken}`;
};

type Row = [title: string, asked: (path: string) => Asked, expected: string];
const sends =
  (body: string | Buffer, more: Asked = {}) =>
  (): Asked => ({ body, ...more });
const beside =
  (body: string) =>
  (path: string): Asked => ({ body: `${right(path)}&${body}` });

const wrongForms: Row[] = [
  ['a parameter twice', beside('client_id=a&client_id=a'), '400 invalid_request'],
  ['a parameter that nobody knows twice', beside('x=1&x=1'), '400 invalid_request'],
  ['a parameter twice, once by another spelling', beside('state=1&st%61te=1'), '400 invalid_request'],
  ['U+0000', beside('state=%00'), '400 invalid_request'],
  ['U+0000 in a name', beside('%00=1'), '400 invalid_request'],
  ['U+0000 as it is', beside('state=\0'), '400 invalid_request'],
  ['a byte that is no UTF-8', sends(Buffer.from([0x61, 0x3d, 0xff])), '400 invalid_request'],
  ['the same, encoded', beside('state=%ff'), '400 invalid_request'],
  ['an overlong U+0000', beside('state=%c0%80'), '400 invalid_request'],
  ['half of a surrogate pair', beside('state=%ed%a0%80'), '400 invalid_request'],
  ['a percent sign by itself', beside('state=%'), '400 invalid_request'],
  ['101 parameters', beside(Array.from({ length: 101 }, (_, n) => `p${n}=`).join('&')), '400 invalid_request'],
  ['60 KB', beside(`state=${'x'.repeat(60_000)}`), '413 invalid_request'],
  ['2 MB', beside(`state=${'x'.repeat(2_000_000)}`), '413 invalid_request'],
  [
    '2 MB of no length that is said',
    (path) => ({
      ...beside(`state=${'x'.repeat(2_000_000)}`)(path),
      headers: { 'transfer-encoding': 'chunked' },
    }),
    '413 invalid_request',
  ],
  ['text', (path) => ({ body: right(path), type: 'text/plain' }), '415 invalid_request'],
  ['no content type', (path) => ({ body: right(path), type: null }), '415 invalid_request'],
  ['a content type that is none', (path) => ({ body: right(path), type: ';;;' }), '415 invalid_request'],
  ['a form of parts', sends('--x\r\n\r\n--x--', { type: 'multipart/form-data; boundary=x' }), '415 invalid_request'],
  ['XML', sends('<a/>', { type: 'application/xml' }), '415 invalid_request'],
  [
    'a form in another character set',
    (path) => ({ body: right(path), type: `${form}; charset=utf-16` }),
    '415 invalid_request',
  ],
  [
    'a compressed form',
    (path) => ({ body: gzipSync(right(path)), headers: { 'content-encoding': 'gzip' } }),
    '415 invalid_request',
  ],
];

const wrongHeaders: Row[] = (
  [
    ['a scheme that is none', 'Nonsense abc'],
    ['Bearer', 'Bearer abc'],
    ['DPoP', 'DPoP abc'],
    ['Basic with nothing', 'Basic'],
    ['Basic with a space', 'Basic '],
    ['Basic with two words', 'Basic a b'],
    ['Basic that is no base64', 'Basic %%%%'],
    ['Basic of no colon', `Basic ${btoa('abc')}`],
    ['Basic that is not form-encoded', `Basic ${btoa('%:%')}`],
    ['Basic of U+0000', `Basic ${btoa('a%00b:c')}`],
    ['Basic of bytes that are no text', `Basic ${btoa('\xff\xfe:\xff')}`],
    ['Basic of nobody', `Basic ${btoa(':x')}`],
    ['Basic of 9 KB', `Basic ${btoa('x'.repeat(6700))}`],
    ['letters of another alphabet', 'Bas\u00efc abc'],
  ] as const
).map(([title, authorization]) => [title, (path) => ({ body: right(path), authorization }), '400 invalid_request']);

const wrongClients: Row[] = [
  [
    'nobody and nothing',
    (path) => ({ body: unnamed(path), authorization: `Basic ${btoa(':')}` }),
    '400 invalid_request',
  ],
  ['nobody', (path) => ({ body: unnamed(path), authorization: `Basic ${btoa('nobody:x')}` }), '401 invalid_client'],
  [
    'a client id of 4 KB',
    (path) => ({ body: unnamed(path), authorization: `Basic ${btoa(`${'x'.repeat(4000)}:x`)}` }),
    '401 invalid_client',
  ],
  [
    'a secret of 4 KB',
    (path) => ({ body: unnamed(path), authorization: basic({ ...app, secret: 'x'.repeat(4000) }) }),
    '401 invalid_client',
  ],
  [
    'two ways to show who it is',
    (path) => ({ body: `${unnamed(path)}&client_secret=${app.secret}` }),
    '400 invalid_request',
  ],
  [
    'an assertion that is none',
    (path) => ({
      body: `${unnamed(path)}&client_assertion=x&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer`,
      authorization: null,
    }),
    '400 invalid_request',
  ],
  [
    'an assertion of another type',
    (path) => ({ body: `${unnamed(path)}&client_assertion=x&client_assertion_type=x`, authorization: null }),
    '400 invalid_request',
  ],
];

/** The client is known by what it shows alone. */
const unnamed = (path: string) => right(path).replace(/client_id=[^&]*&/, '');

describe.each(forms)('POST %s', (path) => {
  const rows = [...wrongForms, ...wrongHeaders, ...wrongClients];
  test.each(rows)('%s', async (title, asked, expected) => {
    // At Telnyx's spelling a Bearer token is an API token, and this one is none.
    const isApiToken = title === 'Bearer' && path.startsWith('/v2/');
    expect(judged(await send(path, asked(path)))).toBe(isApiToken ? '401 invalid_client' : expected);
  });

  test.each(['grant_type=client_credentials', 'client_secret=x', 'token=x', 'x', '='])(
    'parameters in the address are refused (RFC 6749 §2.3.1): ?%s',
    async (query) => {
      expect(judged(await send(`${path}?${query}`, { body: right(path) }))).toBe('400 invalid_request');
    },
  );

  test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'QUERY'])('%s is no method here', async (method) => {
    const answer = await send(path, { method, body: right(path) });
    expect(judged(answer)).toBe('405 invalid_request');
    expect(answer.headers.allow).toBe('POST, OPTIONS');
  });

  test('HEAD is none either, and has no body; OPTIONS tells which are', async () => {
    const head = await send(path, { method: 'HEAD' });
    expect({ status: head.status, allow: head.headers.allow, text: head.text }).toEqual({
      status: 405,
      allow: 'POST, OPTIONS',
      text: '',
    });
    const options = await send(path, { method: 'OPTIONS' });
    expect({ status: options.status, allow: options.headers.allow }).toEqual({ status: 204, allow: 'POST, OPTIONS' });
  });

  test('another method by a header is no other method', async () => {
    const answer = await send(path, { body: right(path), headers: { 'x-http-method-override': 'GET' } });
    expect(answer.status).toBeLessThan(300);
  });

  test('inherited property names are ordinary names', async () => {
    const body = `${right(path)}&__proto__=1&constructor=1&toString=1&hasOwnProperty=1&a[b]=1&=1`;
    expect((await send(path, { body })).status).toBeLessThan(300);
  });

  test('JSON, where the documents have forms only', async () => {
    if (takesJson.has(path)) return;
    const asked = { type: 'application/json', body: '{"grant_type":"client_credentials"}' };
    expect(judged(await send(path, asked))).toBe('415 invalid_request');
  });

  test('a slash at the end is the same endpoint; another path is none', async () => {
    const slashed = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    expect((await send(slashed, { body: right(path) })).status).toBeLessThan(300);
    for (const other of [
      `${path.replace(/\/$/, '')}/x`,
      `${path.replace(/\/$/, '')}%2f`,
      `${path.replace(/\/$/, '')}%00`,
    ])
      expect((await send(other, { body: right(path) })).status).toBe(404);
  });
});

describe('POST /oauth/token and its spellings', () => {
  const asked: Row[] = (
    [
      ['no grant type', 'scope=read', '400 invalid_request'],
      ['nothing', '', '400 invalid_request'],
      ['an empty grant type', 'grant_type=', '400 invalid_request'],
      ['one that nobody knows', 'grant_type=magic', '400 unsupported_grant_type'],
      ['a password', 'grant_type=password&username=a&password=b', '400 unsupported_grant_type'],
      ['implicit', 'grant_type=implicit', '400 unsupported_grant_type'],
      [
        'an assertion',
        'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=x',
        '400 unsupported_grant_type',
      ],
      ['token exchange', 'grant_type=urn:ietf:params:oauth:grant-type:token-exchange', '400 unsupported_grant_type'],
      ['other letters', 'grant_type=CLIENT_CREDENTIALS', '400 unsupported_grant_type'],
      ['a name in other letters', 'GRANT_TYPE=client_credentials', '400 invalid_request'],
      ['a space after it', 'grant_type=client_credentials+', '400 unsupported_grant_type'],
      ['a list', 'grant_type[]=client_credentials', '400 invalid_request'],
      ['a grant type of 40 KB', `grant_type=${long}`, '400 unsupported_grant_type'],
      ['no code', 'grant_type=authorization_code', '400 invalid_request'],
      ['a code of nobody', `grant_type=authorization_code&code=x&redirect_uri=${callback}`, '400 invalid_grant'],
      ['a code of 40 KB', `grant_type=authorization_code&code=${long}&redirect_uri=${callback}`, '400 invalid_grant'],
      ['a refresh token of 40 KB', `grant_type=refresh_token&refresh_token=${long}`, '400 invalid_grant'],
      [
        'a refresh token of nobody',
        `grant_type=refresh_token&refresh_token=${encodeURIComponent('\u0001"\\é😀')}`,
        '400 invalid_grant',
      ],
      ['a device code of 40 KB', `grant_type=${deviceGrant}&device_code=${long}`, '400 invalid_grant'],
      ['no device code', `grant_type=${deviceGrant}`, '400 invalid_request'],
      ['a scope of 40 KB', `grant_type=client_credentials&scope=${long}`, '400 invalid_scope'],
      ['a scope of control characters', 'grant_type=client_credentials&scope=%01%0d%0a', '400 invalid_scope'],
      ['a scope in quotation marks', 'grant_type=client_credentials&scope=%22read%22', '400 invalid_scope'],
      ['a scope of another alphabet', 'grant_type=client_credentials&scope=%C3%A9', '400 invalid_scope'],
      ['a resource of 40 KB', `grant_type=client_credentials&resource=https://${long}`, '400 invalid_target'],
      ['a resource that is none', 'grant_type=client_credentials&resource=%22%5C%0d', '400 invalid_target'],
    ] as const
  ).map(([title, body, expected]) => [title, () => ({ body }), expected]);

  describe.each(token)('%s', (path) => {
    test.each(asked)('%s', async (_title, of, expected) => {
      expect(judged(await send(path, of(path)))).toBe(expected);
    });
  });

  const json = (body: string, type = 'application/json'): Asked => ({ type, body });
  test.each<[string, Asked, string]>([
    ['none', json(''), '400 invalid_request'],
    ['broken', json('{'), '400 invalid_request'],
    ['a list', json('[]'), '400 invalid_request'],
    ['a text', json('"x"'), '400 invalid_request'],
    ['null', json('null'), '400 invalid_request'],
    ['a number in it', json('{"grant_type":1}'), '400 invalid_request'],
    ['an object in it', json('{"grant_type":{}}'), '400 invalid_request'],
    ['a key twice', json('{"grant_type":"client_credentials","grant_type":"x"}'), '400 invalid_request'],
    ['deep', json('['.repeat(50_000)), '413 invalid_request'],
    ['deep enough', json('['.repeat(1000)), '400 invalid_request'],
    ['U+0000', json('{"grant_type":"\\u0000"}'), '400 invalid_request'],
    ['half of a surrogate pair', json('{"grant_type":"\\ud800"}'), '400 invalid_request'],
    ['in another character set', json('{}', 'application/json; charset=latin1'), '415 invalid_request'],
    [
      'compressed',
      { ...json(''), body: gzipSync('{}'), headers: { 'content-encoding': 'gzip' } },
      '415 invalid_request',
    ],
    ['a quotation mark in a name', json('{"a\\"b":1}'), '400 invalid_request'],
  ])('JSON: %s', async (_title, asked, expected) => {
    for (const path of takesJson) expect(judged(await send(path, asked))).toBe(expected);
  });
});

describe.each(['/oauth/par', '/oauth/device'])('what is asked for at %s', (path) => {
  test.each(['magic', 'magic+mcp:tools', 'x'.repeat(6000), '%22', '%01'])(
    'an unknown scope is refused: %s',
    async (scope) => {
      const body = path === '/oauth/par' ? `${right(path)}&scope=${scope}` : `scope=${scope}`;
      expect(judged(await send(path, { body }))).toBe('400 invalid_scope');
    },
  );
});

describe('introspection and revocation', () => {
  test.each(aboutTokens)('%s: no token is refused; one that could be none is known to nobody', async (path) => {
    expect(judged(await send(path))).toBe('400 invalid_request');
    for (const value of [long, encodeURIComponent('\u0001"\\é😀'), 'a.b.c', '.'.repeat(30_000)]) {
      const { status, text } = await send(path, { body: `token=${value}&token_type_hint=${encodeURIComponent('"')}` });
      expect({ status, text }).toEqual({ status: 200, text: path.endsWith('revoke') ? '' : '{"active":false}' });
    }
  });
});

describe.each(userinfo)('%s', (path) => {
  const bearer = (authorization: string | null, more: Asked = {}): Asked => ({
    method: 'GET',
    type: null,
    authorization,
    ...more,
  });
  test.each<[string, () => Asked, string]>([
    ['no token', () => bearer(null), '401 invalid_token'],
    ['Basic', () => bearer(basic(app)), '400 invalid_request'],
    ['Bearer and nothing', () => bearer('Bearer'), '400 invalid_request'],
    ['a token of nobody', () => bearer('Bearer x'), '401 invalid_token'],
    ['a token of 9 KB', () => bearer(`Bearer ${'x'.repeat(9000)}`), '401 invalid_token'],
    ['two tokens', () => bearer(`Bearer ${accessToken}, Bearer ${accessToken}`), '400 invalid_request'],
    ['bytes that are no text', () => bearer('Bearer \xff\xfe'), '401 invalid_token'],
    ['a token in the address', () => bearer(null), '401 invalid_token'],
    [
      'a token as text',
      () => bearer(null, { method: 'POST', type: 'text/plain', body: `access_token=${accessToken}` }),
      '401 invalid_token',
    ],
    [
      'a token twice',
      () => bearer(`Bearer ${accessToken}`, { method: 'POST', type: form, body: `access_token=${accessToken}` }),
      '400 invalid_request',
    ],
    [
      'U+0000 in a form',
      () => bearer(null, { method: 'POST', type: form, body: 'access_token=%00' }),
      '400 invalid_request',
    ],
    ['DELETE', () => bearer(`Bearer ${accessToken}`, { method: 'DELETE' }), '405 invalid_request'],
  ])('%s', async (title, asked, expected) => {
    const at = title === 'a token in the address' ? `${path}?access_token=${accessToken}` : path;
    const answer = await send(at, asked());
    expect(judged(answer)).toBe(expected);
    if (answer.status === 401) expect(answer.headers['www-authenticate']).toMatch(/^(Bearer|DPoP) /);
  });
});

describe.each(documents)('%s', (path) => {
  test('is read and nothing else', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await send(path, { method });
      expect(judged(answer)).toBe('405 invalid_request');
      expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS');
    }
    const head = await send(path, { method: 'HEAD', type: null, authorization: null });
    expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' });
    expect((await send(`${path}?x=%00&y=%ff`, { method: 'GET', authorization: 'nonsense' })).status).toBe(200);
    expect((await send(`${path}/`, { method: 'GET' })).status).toBe(200);
  });
});

test.each([
  '/oauth',
  '/oauth/',
  '/oauth/nothing',
  '/OAUTH/TOKEN',
  '/oauth//token',
  '/.well-known/OpenID-Configuration',
])('nothing is at %s', async (path) => {
  expect((await send(path, { body: 'grant_type=client_credentials' })).status).toBe(404);
});

test.each([
  '/oauth/token/../token',
  '/oauth/x/%2e%2e/token',
  '/settings/../oauth/token',
  '/oauth/./token',
  '/oauth/x\\..\\token',
])('a path that is not plain is none: %s', async (path) => {
  expect((await send(path, { body: 'grant_type=client_credentials' })).status).toBe(400);
});

test('a client id in capital letters names the same client', async () => {
  const authorization = basic({ ...app, clientId: app.clientId.toUpperCase() });
  const { status, text } = await send('/oauth/token', { body: right('/oauth/token'), authorization });
  expect(status).toBe(200);
  const about = await send('/oauth/introspect', { body: `token=${JSON.parse(text).access_token}` });
  expect(JSON.parse(about.text)).toMatchObject({ active: true, client_id: app.clientId });
});

test('none of these requests was a 500', () => {
  expect(log.filter(({ level, status }) => level === 'error' || Number(status) >= 500)).toEqual([]);
});
