import { afterAll, beforeEach, expect, test } from 'vitest';
import { logoFetches } from '#db/schema/logo-fetch';
import { rateLimits } from '#db/schema/rate-limit';
import { fetchDueLogos, requestLogoFetch } from '#lib/logo-fetches/index';
import { anOwner } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
process.env.CLIENTELE_RATE_LIMIT_FACTOR = '1';

const site = await startSecureCanary((_, response) => void response.writeHead(404).end());
afterAll(() => site.stop());
const { organizationId } = await anOwner(db);
const aClient = (path: string) => aClientRow(db, { organizationId, logoUri: `${site.origin}${path}` });
beforeEach(async () => {
  site.paths.length = 0;
  await db.delete(rateLimits);
  await db.delete(logoFetches);
});

test('however often a client names it, its host is asked five times a minute; what waits for its turn is not given up', async () => {
  const clientId = await aClient('/logo.png');
  for (let i = 0; i < 9; i++) {
    await requestLogoFetch(db, clientId);
    await fetchDueLogos(db);
  }
  expect(site.paths).toHaveLength(5);
  const [row] = await db.select().from(logoFetches);
  expect(row).toMatchObject({ clientId, attempts: 0 });
  expect(row?.nextAt.getTime()).toBeGreaterThan(Date.now() + 50_000);
});

test('however many clients name it, a host is asked sixty times a minute', async () => {
  for (let i = 0; i < 70; i++) await requestLogoFetch(db, await aClient(`/${i}.png`));
  while ((await fetchDueLogos(db)) > 0);
  expect(site.paths).toHaveLength(60);
  const rows = await db.select().from(logoFetches);
  expect(rows.map(({ attempts }) => attempts).toSorted()).toEqual([
    ...Array.from({ length: 10 }, () => 0),
    ...Array.from({ length: 60 }, () => 1),
  ]);
});
