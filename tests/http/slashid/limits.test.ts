import { expect, test } from 'vitest';
import { anOrg, call, messagesOf } from '#support/slashid';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

test('too many calls are 429 in the envelope and say how long to wait', async () => {
  const { key, org } = await anOrg();
  let refused: Response | undefined;
  for (let at = 0; at < 61 && !refused; at++) {
    const answer = await call('POST', '/oauth2/clients', { key, org, body: {}, from: 'many' });
    if (answer.status !== 400) refused = answer;
  }
  if (!refused) throw new Error('nothing was refused');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await messagesOf(refused)).toEqual(['Too many requests.']);
});
