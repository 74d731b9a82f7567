import { expect, test } from 'vitest';
import { rateLimits } from '#db/schema/rate-limit';
import { takeFromLimit, takeFromLimits } from '#lib/rate-limits/index';
import { deleteExpired } from '#lib/sweep/index';
import { db } from '#support/database';

const minute = 60;

test('a budget is exact for requests at once', async () => {
  const taken = await Promise.all(
    Array.from({ length: 20 }, () => takeFromLimit(db, 'one', { max: 5, windowSeconds: minute })),
  );
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(5);
  expect(taken.map(({ remaining }) => remaining).sort()).toEqual([...Array(16).fill(0), 1, 2, 3, 4]);
});

test('several budgets are taken from together, and answered in the order asked', async () => {
  const budgets = [
    { key: 'wide', max: 100, windowSeconds: 1 },
    { key: 'narrow', max: 1, windowSeconds: minute },
  ];
  const first = await takeFromLimits(db, budgets);
  expect(first.map(({ limit, allowed }) => [limit, allowed])).toEqual([
    [100, true],
    [1, true],
  ]);
  const second = await takeFromLimits(db, [...budgets].reverse());
  expect(second.map(({ limit, allowed }) => [limit, allowed])).toEqual([
    [1, false],
    [100, true],
  ]);
});

test('callers of one shared budget and of many own ones do not deadlock', async () => {
  const take = (caller: number) =>
    takeFromLimits(db, [
      { key: 'everybody', max: 1000, windowSeconds: minute },
      { key: `caller ${caller % 7}`, max: 1000, windowSeconds: minute },
    ]);
  await Promise.all(Array.from({ length: 100 }, (_, caller) => take(caller)));
  const [everybody] = await take(0);
  expect(everybody?.remaining).toBe(1000 - 101);
});

test('an expired window starts again, and its row is deleted if it is not used', async () => {
  const past = new Date(Date.now() - 1000);
  await db.insert(rateLimits).values([
    { key: 'over', count: 9, resetsAt: past },
    { key: 'forgotten', count: 9, resetsAt: past },
  ]);
  expect(await takeFromLimit(db, 'over', { max: 5, windowSeconds: minute })).toMatchObject({
    allowed: true,
    remaining: 4,
  });
  await deleteExpired(db, new Date());
  const keys = (await db.select({ key: rateLimits.key }).from(rateLimits)).map(({ key }) => key);
  expect(keys).toContain('over');
  expect(keys).not.toContain('forgotten');
});
