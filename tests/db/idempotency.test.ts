import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sweepKeyedRequests } from '#db/queries/keyed-requests';
import { keyedRequests } from '#db/schema/idempotency';
import { organizations } from '#db/schema/organization';
import { answerOnce } from '#lib/idempotency/index';
import type { Context } from '#lib/kernel/context';
import { anOwner, throughToken } from '#support/actors';
import { db } from '#support/database';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

async function aCaller() {
  const { owner, organizationId } = await anOwner(db);
  const caller = await throughToken(owner, organizationId, ['clients:write']);
  const key = randomUUID();
  let times = 0;
  const work = (holdsSecret: boolean) => async (tx: Context) => {
    times += 1;
    await tx.db
      .update(organizations)
      .set({ name: `done ${times}` })
      .where(eq(organizations.id, organizationId));
    return { answer: `answer ${times}`, holdsSecret };
  };
  const send = (asked = 'POST /a {}', { holdsSecret = false, by = caller as Context } = {}) =>
    answerOnce(by, { key, asked }, work(holdsSecret));
  const name = async () =>
    (await db.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, organizationId)))[0]
      ?.name;
  return { owner, organizationId, caller, key, send, name, times: () => times };
}

const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);

describe('the same key', () => {
  test('and the same request: done once, with the same answer for a day', async () => {
    const { send, times } = await aCaller();
    expect(await send()).toEqual({ answer: 'answer 1', replayed: false });
    later(23 * 60);
    expect(await send()).toEqual({ answer: 'answer 1', replayed: true });
    expect(times()).toBe(1);
    later(61);
    expect(await send()).toEqual({ answer: 'answer 2', replayed: false });
  });

  test('and another request is refused, and changes nothing', async () => {
    const { send, times } = await aCaller();
    await send();
    await expect(send('POST /a {"b":1}')).rejects.toMatchObject({ code: 'invalid_metadata', field: 'idempotencyKey' });
    expect(times()).toBe(1);
  });

  test('sent many times at once is done once: the others get 409 without waiting', async () => {
    const { send, times } = await aCaller();
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => send()));
    expect(times()).toBe(1);
    for (const answer of answers)
      if (answer.status === 'fulfilled') expect(answer.value.answer).toBe('answer 1');
      else expect(answer.reason).toMatchObject({ code: 'conflict', field: 'idempotencyKey' });
    expect(answers.filter((answer) => answer.status === 'fulfilled').length).toBeGreaterThan(0);
  });

  test('of another token is another key', async () => {
    const { owner, organizationId, send, times } = await aCaller();
    await send();
    const other = await throughToken(owner, organizationId, ['clients:write']);
    expect(await send(undefined, { by: other })).toEqual({ answer: 'answer 2', replayed: false });
    expect(times()).toBe(2);
  });

  test('is another key after a change of role: a viewer does not see an owner’s answer', async () => {
    const { caller, send } = await aCaller();
    await send(undefined, { holdsSecret: true });
    const memberships = caller.actor.memberships.map((one) => ({ ...one, role: 'viewer' as const }));
    const demoted = { ...caller, actor: { ...caller.actor, memberships } };
    expect((await send(undefined, { by: demoted })).replayed).toBe(false);
  });
});

describe('an answer that held a secret', () => {
  test('is stored encrypted for ten minutes; the request stays done', async () => {
    const { send, times, caller } = await aCaller();
    await send(undefined, { holdsSecret: true });
    const rows = () =>
      db
        .select()
        .from(keyedRequests)
        .where(eq(keyedRequests.tokenId, caller.actor.token?.id ?? ''));
    expect(JSON.stringify(await rows())).not.toContain('answer 1');
    later(9);
    expect((await send(undefined, { holdsSecret: true })).answer).toBe('answer 1');
    later(2);
    await expect(send(undefined, { holdsSecret: true })).rejects.toMatchObject({ code: 'conflict' });
    await sweepKeyedRequests(db, { now: new Date(), secretsBefore: new Date(Date.now() - 600_000) });
    expect(await rows()).toMatchObject([{ sealed: null, sealingKeyId: null, holdsSecret: true }]);
    await expect(send(undefined, { holdsSecret: true })).rejects.toMatchObject({ code: 'conflict' });
    expect(times()).toBe(1);
  });
});

describe('a request that fails', () => {
  test('changes nothing and frees the key', async () => {
    const { caller, key, send, name } = await aCaller();
    const before = await name();
    const failing = answerOnce(caller, { key, asked: 'x' }, async (tx) => {
      await tx.db
        .update(organizations)
        .set({ name: 'half done' })
        .where(eq(organizations.id, caller.actor.token?.organizationId ?? ''));
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await name()).toBe(before);
    expect(await send()).toEqual({ answer: 'answer 1', replayed: false });
  });

  test('whose process stops frees the key after its time, and cannot finish after another request has begun', async () => {
    const { caller, key, send, name } = await aCaller();
    const slow = answerOnce(caller, { key, asked: 'POST /a {}' }, async (tx) => {
      later(2);
      expect((await send()).answer).toBe('answer 1');
      await tx.db.execute('select 1');
      return { answer: 'too late', holdsSecret: false };
    });
    await expect(slow).rejects.toMatchObject({ code: 'conflict' });
    expect(await name()).toBe('done 1');
    expect(await send()).toEqual({ answer: 'answer 1', replayed: true });
  });
});

test('a key needs a token: a browser session cannot use one', async () => {
  const { owner } = await aCaller();
  const refused = answerOnce(owner, { key: 'k', asked: '' }, async () => ({ answer: '', holdsSecret: false }));
  await expect(refused).rejects.toMatchObject({ code: 'unauthenticated' });
});
