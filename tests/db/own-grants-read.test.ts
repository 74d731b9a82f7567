import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { seed } from '#db/seed';
import { listOwnGrants } from '#lib/grants/index';
import { aPerson } from '#support/actors';
import { db } from '#support/database';
import { aGrantRow } from '#support/grants';

test('a person’s grants are read without scanning all clients', async () => {
  await seed(db, { clients: 2000, owners: 10, randomSeed: 1 });
  const person = await aPerson(db);
  const some = await db.execute<{ client_id: string }>(sql`select client_id from clients limit 60`);
  for (const { client_id: clientId } of some) await aGrantRow(db, { userId: person.actor.userId, clientId });
  const calls = await db.transaction(async (tx) => {
    await tx.execute(sql`set local track_functions = 'all'`);
    const { items } = await listOwnGrants({ ...person, db: tx }, { sort: 'used', limit: 20 });
    expect(items).toHaveLength(20);
    const [row] = await tx.execute<{ calls: number }>(
      sql`select coalesce(sum(calls), 0)::int as calls from pg_stat_xact_user_functions where funcname = 'is_verified_client'`,
    );
    return row?.calls ?? 0;
  });
  expect(calls).toBeGreaterThan(0);
  expect(calls).toBeLessThanOrEqual(21);
});
