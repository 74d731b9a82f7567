import { describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, all, aTenant } from '#support/native';

/** As long as a body may be, in the shapes that make a careless pattern or loop work without end. */
const length = 900_000;
const texts: Record<string, string> = {
  'one letter': 'a'.repeat(length),
  words: 'a '.repeat(length / 2),
  'short words with signs': 'a.b@'.repeat(length / 4),
  digits: '1.'.repeat(length / 2),
  slashes: '/../'.repeat(length / 4),
  percents: '%2e'.repeat(length / 3),
  brackets: '['.repeat(length),
  'an address': `https://${'a.'.repeat(length / 2 - 10)}b/`,
  'an address with a long label': `https://${'a-'.repeat(length / 2 - 10)}.example/`,
  'a mail address': `a@${'a.'.repeat(length / 2 - 10)}b`,
  'combining marks': `a${'\u0301\u0316'.repeat(length / 4)}`,
  blanks: `x${' '.repeat(length - 2)}x`,
};

const { call, token } = await aTenant();

/** The answer's status, and the seconds of processor time that this process took for it. */
async function timed(send: () => Response | Promise<Response>) {
  const before = process.cpuUsage();
  const { status } = await send();
  const { user, system } = process.cpuUsage(before);
  return { status, seconds: (user + system) / 1e6 };
}

const fields = [
  'client_name',
  'description',
  'scope',
  'client_uri',
  'logo_uri',
  'jwks_uri',
  'software_id',
  'environment',
];
const lists = ['redirect_uris', 'contacts', 'allowed_origins', 'post_logout_redirect_uris', 'grant_types'];

describe.each(Object.entries(texts))('%s as long as the body is answered in a moment', (_name, text) => {
  test.each([...fields, ...lists])('%s', async (field) => {
    const value = lists.includes(field) ? [text] : text;
    const { status, seconds } = await timed(() => call('POST', '/clients', { body: { ...aBody, [field]: value } }));
    expect(status).toBe(422);
    expect(seconds).toBeLessThan(2);
  });

  test('a name of a stranger’s registration, of a secret, a token, an organization’s member', async () => {
    const { client_id } = (await (await call('POST', '/clients', { body: aBody })).json()) as { client_id: string };
    const sends = [
      () => ask('POST', '/oauth/register', { body: { client_name: text, redirect_uris: [text] } }),
      () => call('POST', `/clients/${client_id}/secrets`, { body: { name: text } }),
      () => call('POST', `/clients/${client_id}/clone`, { body: { client_name: text } }),
      () => call('POST', '/tokens', { body: { name: text, scopes: all } }),
    ];
    for (const send of sends) {
      const { status, seconds } = await timed(send);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(seconds).toBeLessThan(2);
    }
  });
});

test('names in many languages are judged in a moment', async () => {
  const tags = Array.from({ length: 1200 }, (_, at) => `en-x-a${at}`);
  const localized = Object.fromEntries(tags.map((tag) => [tag, { client_name: 'a '.repeat(120) }]));
  const { seconds } = await timed(() => call('POST', '/clients', { body: { ...aBody, localized } }));
  expect(seconds).toBeLessThan(2);
});

describe.each([
  '/api/v1/clients',
  '/api/2.0/clients',
  '/v2/oauth_clients',
  '/v1/clients',
  '/o/apps/',
  '/oauth/register',
])('a body with very many values has a short answer: %s', (path) => {
  test.each([
    ['members', Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`k${at}`, 1]))],
    ['addresses', { client_name: 'x', name: 'x', redirect_uris: Array.from({ length: 100_000 }, () => 'x') }],
  ])('%s', async (_what, body) => {
    const answer = await ask('POST', path, { token, body });
    expect(answer.status).toBeLessThan(500);
    expect((await answer.text()).length).toBeLessThan(50_000);
  });
});
