import { beforeAll, describe, expect, test } from 'vitest';
import { aPersonsAgent, authorizationUrl, authorize, aWebApp, pkce } from '#support/authorizing';
import { origin } from '#support/listening';
import { aMachine, basic } from '#support/oauth';

let machine: Awaited<ReturnType<typeof aMachine>>;
beforeAll(async () => {
  machine = await aMachine();
});

const encoded = 'application/x-www-form-urlencoded';
type Row = [
  title: string,
  request: { path?: string; method?: string; authorization?: string; type?: string; body?: string },
  status: number,
  error: string,
];

const rows: Row[] = [
  ['no credential', { authorization: '' }, 400, 'invalid_request'],
  ['a Bearer token', { authorization: 'Bearer abc' }, 400, 'invalid_request'],
  ['Basic with nothing', { authorization: 'Basic' }, 400, 'invalid_request'],
  ['Basic that is not base64', { authorization: 'Basic %%%' }, 400, 'invalid_request'],
  [
    'Basic without a colon',
    { authorization: `Basic ${Buffer.from('abc').toString('base64')}` },
    400,
    'invalid_request',
  ],
  [
    'Basic that is not form-encoded',
    { authorization: `Basic ${Buffer.from('%:%').toString('base64')}` },
    400,
    'invalid_request',
  ],
  ['Basic with U+0000', { authorization: `Basic ${Buffer.from('a%00:b').toString('base64')}` }, 400, 'invalid_request'],
  ['no grant type', { body: 'scope=read' }, 400, 'invalid_request'],
  ['an empty body', { body: '' }, 400, 'invalid_request'],
  [
    'a parameter twice',
    { body: 'grant_type=client_credentials&grant_type=client_credentials' },
    400,
    'invalid_request',
  ],
  ['a scope with forbidden characters', { body: 'grant_type=client_credentials&scope=a%22b' }, 400, 'invalid_scope'],
  [
    'a scope that is too long to be one',
    { body: `grant_type=client_credentials&scope=${'a'.repeat(5000)}` },
    400,
    'invalid_scope',
  ],
  ['U+0000', { body: 'grant_type=client_credentials&scope=%00' }, 400, 'invalid_request'],
  ['broken UTF-8', { body: 'grant_type=%ff' }, 400, 'invalid_request'],
  ['another client id beside it', { body: 'grant_type=client_credentials&client_id=other' }, 400, 'invalid_request'],
  ['JSON that is none', { type: 'application/json', body: '{' }, 400, 'invalid_request'],
  ['JSON that is a list', { type: 'application/json', body: '[]' }, 400, 'invalid_request'],
  ['JSON with a number', { type: 'application/json', body: '{"grant_type":1}' }, 400, 'invalid_request'],
  [
    'JSON where the documents have forms only',
    { path: '/o/token/', type: 'application/json', body: '{}' },
    415,
    'invalid_request',
  ],
  ['another content type', { type: 'text/plain' }, 415, 'invalid_request'],
  ['too large', { body: `grant_type=client_credentials&x=${'x'.repeat(60_000)}` }, 413, 'invalid_request'],
  ['GET', { method: 'GET' }, 405, 'invalid_request'],
  ['PUT', { method: 'PUT' }, 405, 'invalid_request'],
  ['no token to introspect', { path: '/oauth/introspect', body: '' }, 400, 'invalid_request'],
  ['no token to revoke', { path: '/oauth/revoke', body: '' }, 400, 'invalid_request'],
  ['a path that is not there', { path: '/oauth/nothing' }, 404, 'not_found'],
];

describe('never a 5xx, always an error of RFC 6749', () => {
  test.each(rows)(
    '%s',
    async (_title, { path = '/oauth/token', method = 'POST', type = encoded, ...sent }, status, error) => {
      const authorization = sent.authorization ?? basic(machine);
      const answer = await fetch(origin + path, {
        method,
        headers: { 'content-type': type, ...(authorization && { authorization }) },
        ...(method !== 'GET' && { body: sent.body ?? 'grant_type=client_credentials' }),
      });
      const body = await answer.json();
      expect({ status: answer.status, error: body.error }).toEqual({ status, error });
      expect(JSON.stringify(body)).not.toContain(machine.secret);
    },
  );
});

test('a body that is neither a form nor JSON is told to be a form, also where JSON is taken', async () => {
  const answer = await fetch(`${origin}/oauth/token`, { method: 'POST', body: new FormData() });
  const { error_description: told } = await answer.json();
  expect([answer.status, told]).toEqual([415, 'Send the body as application/x-www-form-urlencoded.']);
});

describe('a browser’s request that no text of a database can hold', () => {
  const inClaims = (text: string) => JSON.stringify({ userinfo: { email: { value: text } } });
  const unkeepable: [title: string, changes: Record<string, string>][] = [
    ['NUL in the nonce', { nonce: '\0' }],
    ['NUL in the state', { state: 'a\0' }],
    ['NUL in the ui_locales', { ui_locales: '\0' }],
    ['NUL in a claim', { claims: inClaims('\0') }],
    ['half of a surrogate pair in a claim', { claims: inClaims('\ud800') }],
  ];

  test.each(unkeepable)('%s: never a 5xx, before and after the person was asked', async (_title, changes) => {
    const app = await aWebApp();
    const agent = await aPersonsAgent();
    const { challenge } = pkce();
    const asked = { code_challenge: challenge, code_challenge_method: 'S256', ...changes };
    const first = await agent.go(authorizationUrl(app, asked));
    expect(first.status).toBeLessThan(500);
    await authorize(agent, app, {
      ...asked,
      nonce: undefined,
      state: undefined,
      ui_locales: undefined,
      claims: undefined,
    });
    expect((await agent.go(authorizationUrl(app, asked))).status).toBeLessThan(500);
  });
});
