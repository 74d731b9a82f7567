import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';
import { insertFirstUse } from '#db/queries/first-uses';
import { rowsPerStatementMax } from '#db/queries/in-steps';
import { artifacts } from '#db/schema/artifact';
import { secretReveals } from '#db/schema/client';
import { rateLimits } from '#db/schema/rate-limit';
import { refusals } from '#db/schema/refusal';
import { tokenReveals } from '#db/schema/token';
import { closeDatabase } from '#lib/kernel/database';
import { once } from '#lib/kernel/once';
import { createSecret, storeReveal } from '#lib/secrets/index';
import { deleteExpired, startSweeping } from '#lib/sweep/index';
import { createToken, storeTokenReveal } from '#lib/tokens/index';
import { anOwner } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { refuseMuch } from '#support/refuse-much';

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

beforeAll(() => refuseMuch({ deleted: ['artifacts', 'rate_limits', 'refusals', 'keyed_requests'] }));

test('unread secrets and tokens are deleted when their page expires', async () => {
  const { owner, organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId, createdBy: owner.actor.userId });
  const { secret, value } = await createSecret(owner, clientId, { name: 'CI' });
  await storeReveal(owner, randomUUID(), { id: secret.id, value: value ?? '' });
  const made = await createToken(owner, { organizationId, name: 'CI', scopes: ['read'], expiresAt: null });
  await storeTokenReveal(owner, randomUUID(), { id: made.token.id, value: made.value ?? '' });
  const left = async () => [await db.$count(secretReveals), await db.$count(tokenReveals)];
  await deleteExpired(db, inMinutes(9));
  expect(await left()).toEqual([1, 1]);
  await deleteExpired(db, inMinutes(11));
  expect(await left()).toEqual([0, 0]);
});

test('used proofs are forgotten when they would have expired', async () => {
  const now = new Date();
  await insertFirstUse(db, { hash: 'used', kind: 'ReplayDetection', expiresAt: inMinutes(5), now });
  await deleteExpired(db, inMinutes(4));
  expect(await db.$count(artifacts)).toBe(1);
  await deleteExpired(db, inMinutes(6));
  expect(await db.$count(artifacts)).toBe(0);
});

test('any number of expired rows is deleted, in steps below the statement timeout', async () => {
  const many = rowsPerStatementMax + 2000;
  const { owner, organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, { organizationId, createdBy: owner.actor.userId });
  await db.execute(sql`
    insert into rate_limits (key, count, resets_at) select n::text, 1, now() - interval '1 hour' from generate_series(1, ${many}) as n`);
  await db.execute(sql`
    insert into refusals (reference, client_id, error, description, redirect_uri, had_query, last_at)
    select n::text, ${clientId}::uuid, 'invalid_client', '', n::text, false, now() - interval '31 days' from generate_series(1, ${many}) as n`);
  expect(await deleteExpired(db, new Date())).toBe(2 * many);
  expect([await db.$count(rateLimits), await db.$count(refusals)]).toEqual([0, 0]);
});

test('a server process sweeps every minute, also without requests', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  try {
    await insertFirstUse(db, { hash: 'over', kind: 'ReplayDetection', expiresAt: inMinutes(-1), now: new Date() });
    startSweeping();
    const sweep = once('background-sweep', (): { running: boolean } => ({ running: true }));
    vi.advanceTimersByTime(59_000);
    expect(sweep.running).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(sweep.running).toBe(true);
    await expect.poll(() => db.$count(artifacts)).toBe(0);
  } finally {
    vi.useRealTimers();
    await closeDatabase();
  }
});
