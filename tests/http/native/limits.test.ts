import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { rateLimits } from '#db/schema/rate-limit';
import { ask } from '#support/api';
import { db } from '#support/database';
import { aTenant, noId, problemOf } from '#support/native';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.02';

/** A network's budget is also counted by the second. */
const nextSecond = () => db.delete(rateLimits).where(sql`${rateLimits.resetsAt} <= now() + interval '1 second'`);
beforeEach(nextSecond);

describe('a budget', () => {
  test('is in every answer; after it is used up, the answer is 429 with Retry-After', async () => {
    const { token } = await aTenant();
    const call = (from: string) => ask('PATCH', `/api/v1/clients/${noId}`, { token, body: {}, from });
    const answers: Response[] = [];
    for (let number = 0; number < 7; number++) {
      await nextSecond();
      answers.push(await call('native-limits-1'));
    }
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 429]);
    expect(answers.map(({ headers }) => headers.get('ratelimit')?.split(';')[1])).toEqual(
      [5, 4, 3, 2, 1, 0, 0].map((left) => `r=${left}`),
    );
    const last = answers.at(-1) as Response;
    expect(last.headers.get('ratelimit-policy')).toBe('"change";q=6;w=60');
    expect(last.headers.get('ratelimit')).toMatch(/^"change";r=0;t=\d+$/);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    await problemOf(last, 429);
    expect((await call('native-limits-2')).status).toBe(404);
  });

  test('without a credential is that of the network', async () => {
    const call = () => ask('GET', `/api/v1/public/clients/${noId}`, { from: 'native-limits-3' });
    const statuses = (await Promise.all(Array.from({ length: 5 }, call))).map(({ status }) => status);
    expect(statuses).toContain(404);
    expect(statuses).toContain(429);
  });
});
