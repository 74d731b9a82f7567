import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { members } from '#db/schema/organization';
import { sessions, users } from '#db/schema/user';
import type { Context } from '#lib/kernel/context';
import {
  endOtherSessions,
  endOwnSession,
  endSession,
  findSessionPerson,
  listSessions,
  signIn,
} from '#lib/sessions/index';
import { createUser } from '#lib/users/index';
import { anOrganization, stranger } from '#support/actors';
import { db } from '#support/database';
import { workOf } from '#support/work';

const password = 'correct horse battery';
const userAgent = 'Test/1.0';
let count = 0;

/** A network of its own for each test: their budgets never meet. */
const from = (network = `198.51.100.${++count}`): Context => ({ ...stranger(db), network });

async function anAccount(ctx = from()) {
  const email = `session${++count}@example.com`;
  const user = await createUser(ctx, { email, password });
  return { ctx, email, userId: user.id, organizationId: user.organization.id };
}

async function signedIn(account: { ctx: Context; email: string }) {
  const sessionId = await signIn(account.ctx, { email: account.email, password, userAgent });
  const person = await findSessionPerson(db, sessionId);
  if (!person) throw new Error('no session');
  return { sessionId, ctx: { ...account.ctx, actor: person } };
}

const change = (id: string, values: Partial<typeof sessions.$inferInsert>) =>
  db.update(sessions).set(values).where(eq(sessions.id, id));
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe('a session', () => {
  test('returns its person with the current roles', async () => {
    const account = await anAccount();
    const { sessionId } = await signedIn(account);
    expect(await findSessionPerson(db, sessionId)).toMatchObject({
      userId: account.userId,
      emailVerified: false,
      memberships: [{ organizationId: account.organizationId, role: 'owner' }],
    });
    const other = await anOrganization(db);
    await db.insert(members).values({ organizationId: other.id, userId: account.userId, role: 'viewer' });
    expect((await findSessionPerson(db, sessionId))?.memberships).toHaveLength(2);
    await db.delete(members).where(eq(members.organizationId, other.id));
    await db.update(users).set({ isOperator: true }).where(eq(users.id, account.userId));
    expect(await findSessionPerson(db, sessionId)).toMatchObject({
      isOperator: true,
      memberships: [{ role: 'owner' }],
    });
  });

  test('ends after 14 idle days, after 90 days, and when its person is disabled', async () => {
    const account = await anAccount();
    const { sessionId } = await signedIn(account);
    await change(sessionId, { lastSeenAt: daysAgo(13.9) });
    expect(await findSessionPerson(db, sessionId)).toBeDefined();
    await change(sessionId, { lastSeenAt: daysAgo(14.1) });
    expect(await findSessionPerson(db, sessionId)).toBeUndefined();
    const [row] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
    const lifetime = ((row?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(lifetime).toBeGreaterThan(89.9);
    expect(lifetime).toBeLessThan(90.1);
    await change(sessionId, { lastSeenAt: new Date(), expiresAt: daysAgo(0.1) });
    expect(await findSessionPerson(db, sessionId)).toBeUndefined();
    await change(sessionId, { expiresAt: daysAgo(-1) });
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, account.userId));
    expect(await findSessionPerson(db, sessionId)).toBeUndefined();
  });

  test('writes its last use at most every few minutes', async () => {
    const { sessionId } = await signedIn(await anAccount());
    const seen = async () =>
      (await db.select().from(sessions).where(eq(sessions.id, sessionId)))[0]?.lastSeenAt.getTime();
    const recent = new Date(Date.now() - 60_000);
    await change(sessionId, { lastSeenAt: recent });
    await findSessionPerson(db, sessionId);
    expect(await seen()).toBe(recent.getTime());
    await change(sessionId, { lastSeenAt: new Date(Date.now() - 600_000) });
    await findSessionPerson(db, sessionId);
    expect(await seen()).toBeGreaterThan(Date.now() - 60_000);
  });

  test('gets a new id at sign-in, and the earlier one ends', async () => {
    const account = await anAccount();
    const before = await signedIn(account);
    const after = await signIn(before.ctx, { email: account.email, password, userAgent });
    expect(after).not.toBe(before.sessionId);
    expect(await findSessionPerson(db, before.sessionId)).toBeUndefined();
  });

  test('can be listed and ended by its person, and by nobody else', async () => {
    const account = await anAccount();
    const [one, other, third] = [await signedIn(account), await signedIn(account), await signedIn(account)];
    const listed = await listSessions(one.ctx);
    expect(listed).toHaveLength(3);
    expect(listed.find(({ current }) => current)).toMatchObject({ id: one.sessionId, userAgent });
    const eve = await signedIn(await anAccount());
    await expect(endSession(eve.ctx, one.sessionId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(endSession(one.ctx, 'nonsense')).rejects.toMatchObject({ code: 'not_found' });
    await endSession(one.ctx, other.sessionId);
    expect(await findSessionPerson(db, other.sessionId)).toBeUndefined();
    expect(await endOtherSessions(one.ctx)).toBe(1);
    expect(await findSessionPerson(db, third.sessionId)).toBeUndefined();
    await endOwnSession(one.ctx);
    expect(await findSessionPerson(db, one.sessionId)).toBeUndefined();
    expect(await findSessionPerson(db, eve.sessionId)).toBeDefined();
  });

  test('with an unknown id has no person', async () => {
    for (const id of ['', 'x', "' or 1=1 --", crypto.randomUUID()])
      expect(await findSessionPerson(db, id)).toBeUndefined();
  });
});

describe('sign-in', () => {
  const attempt = (ctx: Context, email: string, tried = 'wrong horse battery') =>
    signIn(ctx, { email, password: tried, userAgent }).catch((error) => error);

  test('gives the same answer for an unknown address, a wrong password and a disabled person', async () => {
    const { ctx, email, userId } = await anAccount();
    const wrong = await attempt(ctx, email);
    const unknown = await attempt(ctx, 'nobody@example.com');
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId));
    const disabled = await attempt(ctx, email, password);
    expect(wrong).toMatchObject({ code: 'unauthenticated' });
    expect([unknown.code, unknown.message, unknown.issues]).toEqual([wrong.code, wrong.message, wrong.issues]);
    expect([disabled.code, disabled.message]).toEqual([wrong.code, wrong.message]);
  });

  test('takes the same time for an unknown address and a wrong password', async () => {
    const { email } = await anAccount();
    const work = { known: 0, unknown: 0 };
    for (let i = 0; i < 8; i++) {
      work.known += await workOf(() => attempt(from(), email));
      work.unknown += await workOf(() => attempt(from(), 'nobody-at-all@example.com'));
    }
    expect(work.unknown / work.known).toBeGreaterThan(0.6);
    expect(work.unknown / work.known).toBeLessThan(1.6);
  });

  test('takes the address in any case, and no input of any kind breaks it', async () => {
    const { ctx, email } = await anAccount();
    expect(await attempt(ctx, ` ${email.toUpperCase()} `, password)).toEqual(expect.any(String));
    for (const [address, tried] of [
      ['', ''],
      ['\0', '\0'],
      ['\ud800@x', '\ud800'],
      ['a@b', 'x'.repeat(5000)],
    ] as const)
      expect(await attempt(from(), address, tried)).toMatchObject({ code: 'unauthenticated' });
  });

  test('is refused after ten attempts at one account from one network, right password or not', async () => {
    const { email } = await anAccount();
    const eve = from();
    for (let i = 0; i < 10; i++) expect(await attempt(eve, email)).toMatchObject({ code: 'unauthenticated' });
    expect(await attempt(eve, email, password)).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: expect.any(Number),
    });
  });

  test('strangers in many networks are limited, and cannot lock the owner out of a known network', async () => {
    const account = await anAccount();
    await signedIn(account);
    let refused = 0;
    for (let i = 0; i < 60; i++)
      if ((await attempt(from(`2001:db8:0:${i}::/64`), account.email)).code === 'rate_limited') refused++;
    expect(refused).toBeGreaterThanOrEqual(10);
    expect(await attempt(from(), account.email, password)).toMatchObject({ code: 'rate_limited' });
    expect(await attempt(account.ctx, account.email, password)).toEqual(expect.any(String));
  });

  test('is limited for a network, whatever the account', async () => {
    const eve = from();
    await db.execute(sql`insert into rate_limits (key, count, resets_at)
      values (${`sign-in:network:${eve.network}`}, 100, now() + interval '10 minutes')`);
    expect(await attempt(eve, 'anybody@example.com')).toMatchObject({ code: 'rate_limited' });
  });

  test('is in the history with person, network and time', async () => {
    const account = await anAccount();
    const { sessionId } = await signedIn(account);
    const rows = await db.execute(
      sql`select actor_id, after from audit_events where action = 'session.create' and target_id = ${account.userId}`,
    );
    expect(rows).toMatchObject([{ actor_id: account.userId }]);
    expect(JSON.stringify(rows)).toContain(sessionId);
  });
});
