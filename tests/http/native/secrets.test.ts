import { beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { secrets } from '#db/schema/client';
import { keyedRequests } from '#db/schema/idempotency';
import { ask } from '#support/api';
import { db } from '#support/database';
import { aTenant, type Json, json, type Made, noId, problemOf } from '#support/native';

let mine: Awaited<ReturnType<typeof aTenant>>;
let app: Made;
let path: string;
beforeEach(async () => {
  mine = await aTenant();
  app = await mine.make();
  path = `/clients/${app.client_id}/secrets`;
});

type Secret = Json & { secret_id: string; client_secret: string; state: string; expires_at: string | null };
const list = async () => (await json<{ items: Secret[] }>(await mine.call('GET', path))).items;
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe('secrets', () => {
  test('are made beside each other, shown once, listed without material, and ended', async () => {
    const body = { name: 'Second', expires_at: inHours(48) };
    const made = await json<Secret>(await mine.call('POST', path, { body }), 201);
    expect(made).toMatchObject({ ...body, state: 'expiring', client_secret: expect.stringMatching(/^clt_cs_/) });
    const { client_secret: value, ...shown } = made;
    expect(made.last_four).toBe(value.slice(-4));
    const listed = await list();
    expect(listed.map(({ name }) => name)).toEqual(['Second', 'First secret']);
    expect(listed[0]).toEqual({ ...shown, created_by_name: 'Ada' });
    expect(JSON.stringify(listed)).not.toContain(value);

    expect((await mine.call('DELETE', `${path}/${app.secret_id}`)).status).toBe(204);
    expect((await mine.call('DELETE', `${path}/${app.secret_id}`)).status).toBe(204);
    expect((await list()).map(({ state }) => state)).toEqual(['expiring', 'revoked']);
    await problemOf(await mine.call('DELETE', `${path}/${made.secret_id}`), 409);
  });

  test('rotate with an overlap: the one before gets an end, a day unless told', async () => {
    const made = await json<Secret>(await mine.call('POST', `${path}/rotate`), 201);
    const [next, before] = await list();
    expect([next?.secret_id, next?.state, next?.expires_at]).toEqual([made.secret_id, 'live', null]);
    expect(Math.abs(Date.parse(before?.expires_at ?? '') - Date.parse(inHours(24)))).toBeLessThan(60_000);
    await json(await mine.call('POST', `${path}/rotate`, { body: { name: 'Now', overlap_seconds: 0 } }), 201);
    expect((await list()).map(({ state }) => state)).toEqual(['live', 'revoked', 'revoked']);
  });

  test('can be given an end, never a later one', async () => {
    const one = `${path}/${app.secret_id}`;
    const end = { expires_at: inHours(2) };
    expect(await json(await mine.call('POST', `${one}/expire`, { body: end }))).toMatchObject(end);
    await problemOf(await mine.call('POST', `${one}/expire`, { body: { expires_at: inHours(3) } }), 409);
    const past = await problemOf(await mine.call('POST', `${one}/expire`, { body: { expires_at: inHours(-1) } }), 422);
    expect(past.errors).toMatchObject([{ pointer: '#/expires_at' }]);
    const late = { expires_at: '9999-12-31T23:59:59-14:00' }; // the year 10000 in UTC
    await problemOf(await mine.call('POST', `${one}/expire`, { body: late }), 422);
    await problemOf(await mine.call('POST', `${path}/${noId}/expire`, { body: end }), 404);
  });

  test.each<[string, object]>([
    ['name', { name: '' }],
    ['name', {}],
    ['expires_at', { name: 'x', expires_at: 'tomorrow' }],
    ['expires_at', { name: 'x', expires_at: '2026-13-45T00:00:00Z' }],
    ['expires_at', { name: 'x', expires_at: '2001-01-01T00:00:00Z' }],
    ['client_secret', { name: 'x', client_secret: 'mine' }],
  ])('are refused with a wrong %s', async (field, body) => {
    expect((await problemOf(await mine.call('POST', path, { body }), 422)).errors).toMatchObject([{ field }]);
  });

  test('an overlap of more than a week is refused, and five live at once at most', async () => {
    await problemOf(await mine.call('POST', `${path}/rotate`, { body: { overlap_seconds: 168 * 3600 + 1 } }), 422);
    for (let number = 0; number < 4; number++)
      await json(await mine.call('POST', path, { body: { name: `No ${number}` } }), 201);
    await problemOf(await mine.call('POST', path, { body: { name: 'Too many' } }), 409);
    const spa = await mine.make({ application_type: 'spa' });
    await problemOf(await mine.call('POST', `/clients/${spa.client_id}/secrets`, { body: { name: 'x' } }), 409);
  });

  test('rotated by a keyed request, are rotated once', async () => {
    const rotate = () => mine.call('POST', `${path}/rotate`, { headers: { 'idempotency-key': 'once' } });
    const [first, again] = [await json<Secret>(await rotate(), 201), await json<Secret>(await rotate(), 201)];
    expect(again).toEqual(first);
    expect(await list()).toHaveLength(2);
  });

  test('are in no other answer, no history and no row', async () => {
    const second = await json<Secret>(await mine.call('POST', path, { body: { name: 'Canary' } }), 201);
    const values = [app.client_secret, second.client_secret];
    const holds = (text: string) => values.some((value) => text.includes(value));
    const one = `/clients/${app.client_id}`;
    for (const [method, at, body] of [
      ['GET', '/clients'],
      ['GET', one],
      ['PATCH', one, { description: 'x' }],
      ['PATCH', one, { description: values[0], scope: 'no' }],
      ['GET', path],
      ['GET', `${one}/history`],
      ['POST', `${one}/disable`],
      ['GET', `/public${one}`],
      ['GET', '/tokens'],
    ] as const) {
      const answer = await mine.call(method, at, { body });
      expect(holds(`${JSON.stringify([...answer.headers])}${await answer.text()}`), `${method} ${at}`).toBe(false);
    }
    const rows = await Promise.all([
      db.select().from(auditEvents),
      db.select().from(secrets),
      db.select().from(keyedRequests),
    ]);
    expect(holds(JSON.stringify(rows))).toBe(false);
    expect((await db.select().from(secrets)).every(({ sealed }) => sealed === null)).toBe(true);
  });
});

describe('GET /clients/{client_id}/history', () => {
  type History = { items: Json[]; next_cursor: string | null };
  const history = async (query = '') =>
    json<History>(await mine.call('GET', `/clients/${app.client_id}/history${query}`));

  test('tells what happened in this API’s names, newest first, page by page', async () => {
    await mine.call('PATCH', `/clients/${app.client_id}`, { body: { client_name: 'Bills', scope: 'openid' } });
    const { items } = await history();
    expect(items.map(({ action }) => action)).toEqual(['client.update', 'client.create']);
    expect(items[0]).toMatchObject({
      actor_kind: 'token',
      actor_name: 'Ada',
      channel: 'native',
      before: { client_name: 'Invoices', scope: 'openid profile' },
      after: { client_name: 'Bills', scope: 'openid' },
    });
    const first = await history('?limit=1');
    const second = await history(`?limit=1&cursor=${first.next_cursor}`);
    expect([...first.items, ...second.items]).toEqual(items);
    expect(second.next_cursor).toBeNull();
    const other = await mine.make();
    const foreign = `/clients/${other.client_id}/history?cursor=${first.next_cursor}`;
    await problemOf(await mine.call('GET', foreign), 400);
  });

  test('takes audit:read, and only that', async () => {
    const at = `/api/v1/clients/${app.client_id}/history`;
    const { token: auditor } = await mine.tokenOf('owner', ['audit:read']);
    expect((await ask('GET', at, { token: auditor })).status).toBe(200);
    const { token } = await mine.tokenOf('owner', ['clients:read', 'clients:write', 'org:admin']);
    const refused = await ask('GET', at, { token });
    await problemOf(refused, 403);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="audit:read"');
  });
});
