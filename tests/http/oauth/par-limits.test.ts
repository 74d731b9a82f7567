import { expect, test } from 'vitest';
import { listRefusals } from '#lib/refusals/index';
import { aWebApp } from '#support/authorizing';
import { push } from '#support/pushing';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.01';

test('429: a network pushes so much, and then waits', async () => {
  const app = await aWebApp();
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push(await push(app));
  const last = answers.at(-1);
  expect(answers[0]?.status).toBe(201);
  expect(last?.status).toBe(429);
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await listRefusals(app.owner, app.clientId)).toMatchObject([
    { reason: 'rate_limited', endpoint: 'par', error: 'too_many_requests' },
  ]);
});
