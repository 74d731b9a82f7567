import { expect, test } from 'vitest';
import { ask } from '#support/api';
import { anOrganizationWithProduct, refusalOf } from '#support/trackle';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

test('a hundred requests within ten seconds pass, more are 429, and another network is not concerned', async () => {
  const { token } = await anOrganizationWithProduct();
  const refused: Response[] = [];
  const get = (from: string) => ask('GET', '/v1/clients', { token, from });
  // On a slow machine the calls may be spread over two windows, each with a budget of its own.
  for (let burst = 0; burst < 10 && refused.length === 0; burst++) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => get('one')));
    if (burst === 0) expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    refused.push(...answers.filter(({ status }) => status !== 200));
  }
  const [answer] = refused;
  if (!answer) throw new Error('nothing was refused');
  expect(answer.status).toBe(429);
  const wait = Number(answer.headers.get('retry-after'));
  expect([wait >= 1, wait <= 10]).toEqual([true, true]);
  expect((await refusalOf(answer)).error).toBe('Too many requests.');
  expect((await get('other')).status).toBe(200);
});
