import { expect, test } from 'vitest';
import { requireWithinLimit, takeFromLimit, takeUnscaled } from '#lib/rate-limits/index';
import { signUp } from '#lib/users/index';
import { stranger } from '#support/actors';
import { db } from '#support/database';

process.env.CLIENTELE_RATE_LIMIT_FACTOR = '0.01';

test('the operator’s factor scales every budget, and leaves one in each', async () => {
  const limit = { max: 300, windowSeconds: 60 };
  expect(await takeFromLimit(db, 'three', limit)).toMatchObject({ allowed: true, limit: 3, remaining: 2 });
  const small = { max: 5, windowSeconds: 60 };
  await requireWithinLimit(db, 'small', small, 'Too many.');
  await expect(requireWithinLimit(db, 'small', small, 'Too many.')).rejects.toMatchObject({ code: 'rate_limited' });
});

test('the smallest factor does not close sign-up', async () => {
  const ctx = { ...stranger(db), network: '203.0.113.9' };
  await signUp(ctx, { email: 'first@example.com', password: 'correct horse battery' });
});

test('a limit of a protocol is not scaled', async () => {
  expect(await takeUnscaled(db, 'exact', { max: 300, windowSeconds: 60 })).toMatchObject({ limit: 300 });
});
