import { expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, anAccount, refusalOf } from '#support/telnyx';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.1';

test('too many calls: 429 in this API’s shape, with the seconds to wait and what was allowed', async () => {
  const { token } = await anAccount();
  const post = () => ask('POST', '/v2/oauth_clients', { token, body: { ...aBody, name: '' }, from: 'limits-1' });
  const answers = [];
  for (let n = 0; n < 7; n++) answers.push(await post());
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(refused?.headers.get('x-ratelimit-remaining')).toBe('0');
  if (refused) expect((await refusalOf(refused)).error).toBe('rate_limited');
});
