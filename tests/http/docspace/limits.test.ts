import { beforeEach, describe, expect, test } from 'vitest';
import { rateLimits } from '#db/schema/rate-limit';
import { ask } from '#support/api';
import { db } from '#support/database';
import { aClientId, anOrganizationWithApps } from '#support/docspace';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

let caller = 0;
const alone = () => ({ from: `limits-${++caller}` });

// The service's own budget is counted by the second: each test begins with a whole one.
beforeEach(() => db.delete(rateLimits));

describe('too many calls', () => {
  test.each<[string, string, number]>([
    ['POST', '/api/2.0/clients', 10],
    ['PATCH', `/api/2.0/clients/${aClientId}/regenerate`, 15],
    ['DELETE', `/api/2.0/clients/${aClientId}`, 15],
  ])('%s %s: after %i a minute 429 without a body, with what is left and when', async (method, path, max) => {
    const { token } = await anOrganizationWithApps();
    const { from } = alone();
    for (let left = max - 1; left >= 0; left--) {
      const answer = await ask(method, path, { token, body: {}, from });
      expect(answer.status).not.toBe(429);
      expect(answer.headers.get('x-ratelimit-remaining')).toBe(String(left));
    }
    const answer = await ask(method, path, { token, body: {}, from });
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([429, '', null]);
    expect(answer.headers.get('x-ratelimit-limit')).toBe(String(max));
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(answer.headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
    expect(Number(answer.headers.get('x-ratelimit-reset'))).toBeLessThanOrEqual(60);
    expect((await ask(method, path, { token, body: {}, ...alone() })).status).not.toBe(429);
    expect((await ask('GET', '/api/2.0/clients', { token, from })).status).toBe(200);
  });

  test('without a credential are counted for the network', async () => {
    const { from } = alone();
    for (let call = 0; call < 10; call++) expect((await ask('POST', '/api/2.0/clients', { from })).status).toBe(401);
    expect((await ask('POST', '/api/2.0/clients', { from })).status).toBe(429);
  });

  test('for public information: 25 a second for everybody together', async () => {
    const { client_id } = await (await anOrganizationWithApps()).make('Docs bot');
    const path = `/api/2.0/clients/${client_id}/public/info`;
    const refused: Response[] = [];
    // On a slow machine a burst may be spread over several seconds, each with a budget of its own.
    for (let burst = 0; burst < 5 && refused.length === 0; burst++) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => ask('GET', path, alone())));
      expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
      refused.push(...answers.filter(({ status }) => status === 429));
    }
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('access-control-allow-origin')).toBe('*');
  });
});
