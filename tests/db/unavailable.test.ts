import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { isUnavailable } from '#db/client';
import { organizations } from '#db/schema/organization';
import { anOrganization } from '#support/actors';
import { db } from '#support/database';

test('of two deadlocked transactions one fails and is answered as retryable', async () => {
  const [one, two] = [await anOrganization(db), await anOrganization(db)];
  const rename = (tx: typeof db, { id }: { id: string }) =>
    tx.update(organizations).set({ name: 'Renamed' }).where(eq(organizations.id, id));
  const inOrder = (first: { id: string }, then: { id: string }, met: () => Promise<unknown>) =>
    db.transaction(async (tx) => {
      await rename(tx, first);
      await met();
      await rename(tx, then);
    });
  const arrivals = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const meet = (at: 0 | 1) => () => {
    arrivals[at]?.resolve();
    return Promise.all(arrivals.map(({ promise }) => promise));
  };
  const outcomes = await Promise.allSettled([inOrder(one, two, meet(0)), inOrder(two, one, meet(1))]);
  const [failed] = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(isUnavailable(failed?.reason)).toBe(true);
});
