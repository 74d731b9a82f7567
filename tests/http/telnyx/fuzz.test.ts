import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, anAccount, keys, type Page, refusalOf } from '#support/telnyx';

let mine: Awaited<ReturnType<typeof anAccount>>;
let own: string;
beforeAll(async () => {
  mine = await anAccount();
  own = (await mine.make()).client_id;
});

const known = fc.constantFrom<unknown>(
  ...['public', 'confidential', 'https://a.example/', null, true, [], ['authorization_code'], ['client_credentials']],
  ...[['http://127.0.0.1/cb'], ['https://a.example/cb'], ['read'], '\u0000', '\ud800', {}],
);
const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.webUrl(), known);
const member = fc.constantFrom(
  ...Object.keys(aBody),
  ...['redirect_uris', 'require_pkce', 'logo_uri', 'tos_uri', 'policy_uri', '__proto__', 'constructor', 'client_id'],
);
const members = fc
  .array(fc.tuple(member, value), { minLength: 1, maxLength: 4 })
  .map((sent) => Object.fromEntries(sent));

test('whatever a body holds, the answer is a client or a refusal that says why', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(members, fc.jsonValue()), fc.boolean(), async (sent, changes) => {
      const whole = typeof sent === 'object' && !Array.isArray(sent) ? { ...aBody, ...sent } : sent;
      const answer = changes
        ? await ask('PUT', `/v2/oauth_clients/${own}`, { token: mine.token, body: JSON.stringify(sent) })
        : await ask('POST', '/v2/oauth_clients', { token: mine.token, body: JSON.stringify(whole) });
      expect([200, 201, 400, 422]).toContain(answer.status);
      if (answer.status >= 400) return void (await refusalOf(answer));
      const { data } = (await answer.json()) as { data: object };
      expect(Object.keys(data).sort()).toEqual(keys);
    }),
    { numRuns: 300 },
  );
});

test('whatever is asked of the list, the answer is a page or a refusal that says why', async () => {
  const name = fc.constantFrom(
    ...[
      'page[number]',
      'page[size]',
      'filter[client_type]',
      'filter[verified]',
      'filter[name]',
      'filter[name][contains]',
    ],
    ...['filter[client_id]', 'filter[allowed_grant_types][contains]', 'filter[]', 'page', '__proto__', 'x'],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed()),
    fc.integer().map(String),
    fc.constantFrom('true', 'public', 'refresh_token', own, '%', '_', '\\', '%00', "'", ''),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, text, fc.boolean()), { maxLength: 4 }), async (asked) => {
      const query = asked.map(
        ([key, given, flat]) => `${flat ? key : encodeURIComponent(key)}=${encodeURIComponent(given)}`,
      );
      const answer = await ask('GET', `/v2/oauth_clients?${query.join('&')}`, mine);
      if (answer.status === 400) return void (await refusalOf(answer));
      expect(answer.status).toBe(200);
      const { data, meta } = (await answer.json()) as Page;
      expect(data.length).toBeLessThanOrEqual(meta.page_size);
      expect(meta.total_pages).toBe(Math.ceil(meta.total_results / meta.page_size));
    }),
    { numRuns: 300 },
  );
});
