import { expect, test } from 'vitest';
import { rateLimits } from '#db/schema/rate-limit';
import { db } from '#support/database';
import { post } from '#support/oauth';
import { aSelfDescribedApp, site } from '#support/self-described';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

const ask = (clientId: string) => post('/oauth/device', { client_id: clientId });

test('an unreadable document is fetched at most ten times a minute', async () => {
  const app = aSelfDescribedApp();
  app.answer({ status: 500, body: {} });
  const told: number[] = [];
  for (let i = 0; i < 12; i++) told.push((await ask(app.clientId)).status);
  expect(told.filter((status) => status === 429)).toHaveLength(2);
  expect(app.read()).toBe(10);
});

test('a host is asked at most sixty times a minute, for all its documents', async () => {
  await db.delete(rateLimits);
  const before = site.paths.length;
  const told: number[] = [];
  for (let i = 0; i < 62; i++) told.push((await ask(`${site.origin}/none/${i}`)).status);
  expect(told.filter((status) => status === 429)).toHaveLength(2);
  expect(site.paths.length - before).toBe(60);
});
