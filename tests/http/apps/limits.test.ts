import { expect, test } from 'vitest';
import { ask } from '#support/api';
import { anAccount, errorOf } from '#support/apps';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

test('too many calls are 429 in the envelope and say how long to wait', async () => {
  const { token } = await anAccount();
  let refused: Response | undefined;
  for (let call = 0; call < 61 && !refused; call++) {
    const answer = await ask('POST', '/o/apps/', { token, body: {}, from: 'many' });
    if (answer.status !== 400) refused = answer;
  }
  if (!refused) throw new Error('nothing was refused');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await errorOf(refused)).toEqual({ code: 'rate_limited', message: 'Too many requests.', details: {} });
});
