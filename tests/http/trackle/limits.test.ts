import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ask } from '#support/api';
import { anOrganizationWithProduct, refusalOf } from '#support/trackle';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

test('more than ten requests in a second from one network are 429, and another network is not concerned', async () => {
  const { token } = await anOrganizationWithProduct();
  let refused: Response[] = [];
  // On a slow machine a burst may be spread over several seconds, each with a budget of its own.
  for (let burst = 0; burst < 5 && refused.length === 0; burst++) {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => ask('GET', '/v1/clients', { token, from: 'one' })),
    );
    refused = answers.filter(({ status }) => status !== 200);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(10);
    expect((await ask('GET', '/v1/clients', { token, from: 'other' })).status).toBe(200);
  }
  const [answer] = refused;
  if (!answer) throw new Error('nothing was refused');
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(1);
  expect((await refusalOf(answer)).error).toBe('Too many requests.');
  await pause(1100);
  expect((await ask('GET', '/v1/clients', { token, from: 'one' })).status).toBe(200);
});
