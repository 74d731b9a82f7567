import { count, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { organizations } from '#db/schema/organization';
import { seed } from '#db/seed';
import { nameSkeleton } from '#lib/names/index';
import { db } from '#support/database';

test('a seed makes what was asked for; the same one makes the same', async () => {
  const { seconds, ...made } = await seed(db, { clients: 2000, owners: 8, randomSeed: 7 });
  expect(made).toEqual({ clients: 2000, owners: 8 });
  expect(seconds).toBeGreaterThan(0);
  const rows = await db
    .select({ organization: organizations.name, apps: count() })
    .from(clients)
    .innerJoin(organizations, eq(organizations.id, clients.organizationId))
    .groupBy(organizations.name)
    .orderBy(sql`count(*) desc`);
  expect(rows).toHaveLength(8);
  expect(rows[0]?.apps).toBeGreaterThanOrEqual(200);
  await expect(seed(db, { clients: 1, owners: 1, randomSeed: 7 })).rejects.toThrow();
});

test('its names are common and rare, and have the look-alike form that the core would give them', async () => {
  const rows = await db.select({ name: clients.name, skeleton: clients.nameSkeleton }).from(clients);
  for (const { name, skeleton } of rows) expect(skeleton).toBe(nameSkeleton(name));
  const having = (word: string) => rows.filter(({ name }) => name.includes(word)).length;
  expect(having('Smart')).toBeGreaterThan(10 * having('Obsidian'));
});
