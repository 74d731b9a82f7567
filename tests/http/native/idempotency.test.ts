import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { members } from '#db/schema/organization';
import { ask } from '#support/api';
import { db } from '#support/database';
import { aBody, aTenant, type Json, json, type Made, problemOf } from '#support/native';

let mine: Awaited<ReturnType<typeof aTenant>>;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  mine = await aTenant();
});
afterEach(() => void vi.useRealTimers());

let keys = 0;
const aKey = () => `key-${++keys}`;
const post = (key: string, body: object = aBody, path = '/clients') =>
  mine.call('POST', path, { body, headers: { 'idempotency-key': key } });
const count = async () => (await json<{ items: Json[] }>(await mine.call('GET', '/clients?limit=100'))).items.length;

describe('Idempotency-Key', () => {
  test('the same key and body, in any order of members, get the same answer, secret and headers included', async () => {
    const key = aKey();
    const first = await post(key);
    const again = await post(key, Object.fromEntries(Object.entries(aBody).reverse()));
    expect(await json<Made>(again, 201)).toEqual(await json<Made>(first, 201));
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    for (const header of ['etag', 'location', 'content-type'])
      expect(again.headers.get(header)).toBe(first.headers.get(header));
    expect(await count()).toBe(1);
  });

  test('another body or another path is 422', async () => {
    const key = aKey();
    const { client_id } = await json<Made>(await post(key), 201);
    for (const answer of [
      await post(key, { ...aBody, description: 'x' }),
      await post(key, {}, `/clients/${client_id}/clone`),
    ])
      expect((await problemOf(answer, 422)).errors).toMatchObject([{ in: 'header', field: 'Idempotency-Key' }]);
    expect(await count()).toBe(1);
  });

  test('many at once make one client: the others are 409 or get its answer', async () => {
    const key = aKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(key)));
    expect(await count()).toBe(1);
    const ids = new Set<unknown>();
    for (const answer of answers)
      if (answer.status === 201) ids.add((await json(answer, 201)).client_id);
      else await problemOf(answer, 409);
    expect(ids.size).toBe(1);
  });

  test('an answer with a secret is 409 after ten minutes; the client stands', async () => {
    const key = aKey();
    await post(key);
    vi.setSystemTime(Date.now() + 9 * 60_000);
    expect((await post(key)).status).toBe(201);
    vi.setSystemTime(Date.now() + 60_001);
    await problemOf(await post(key), 409);
    expect(await count()).toBe(1);
  });

  test('a refused request uses no key up', async () => {
    const key = aKey();
    await problemOf(await post(key, { client_name: '' }), 422);
    expect((await post(key)).status).toBe(201);
  });

  test.each(['', ' ', 'a b', 'ä', 'x'.repeat(256)])('"%s" is no key: 400', async (key) => {
    await problemOf(await post(key), 400);
    expect(await count()).toBe(0);
  });

  test('is ignored where it has no meaning', async () => {
    const { client_id } = await mine.make();
    const headers = { 'idempotency-key': aKey() };
    for (const status of ['disabled', 'active'])
      expect(
        await json(
          await mine.call('POST', `/clients/${client_id}/${status === 'active' ? 'enable' : 'disable'}`, { headers }),
        ),
      ).toMatchObject({ status });
  });

  test('a caller with fewer rights does not get the earlier answer', async () => {
    const { token, userId } = await mine.tokenOf('developer');
    const headers = { 'idempotency-key': aKey() };
    expect((await ask('POST', '/api/v1/clients', { token, body: aBody, headers })).status).toBe(201);
    await db.update(members).set({ role: 'viewer' }).where(eq(members.userId, userId));
    await problemOf(await ask('POST', '/api/v1/clients', { token, body: aBody, headers }), 403);
  });
});
