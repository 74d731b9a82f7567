import { and, desc, eq, like, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { mails } from '#db/schema/mail';
import { emailLinks, users } from '#db/schema/user';
import type { Context } from '#lib/kernel/context';
import { findSessionPerson, signIn } from '#lib/sessions/index';
import {
  changeName,
  changePassword,
  confirmEmailChange,
  createUser,
  findPasswordReset,
  findVerification,
  getProfile,
  requestEmailChange,
  requestPasswordReset,
  requestVerification,
  resetPassword,
  setPassword,
  signUp,
  verifyEmail,
} from '#lib/users/index';
import { stranger, throughToken } from '#support/actors';
import { db } from '#support/database';

const password = 'correct horse battery';
const another = 'staple under the bridge';
let count = 0;
const from = (): Context => ({ ...stranger(db), network: `203.0.113.${++count}` });

const enter = async (ctx: Context, email: string, tried = password) => {
  const sessionId = await signIn(ctx, { email, password: tried, userAgent: 'Test' });
  const actor = await findSessionPerson(db, sessionId);
  if (!actor) throw new Error('no session');
  return { ...ctx, actor };
};

async function somebody() {
  const [ctx, email] = [from(), `links${++count}@example.com`];
  const user = await createUser(ctx, { email, password, name: 'Ada' });
  return { email, userId: user.id, organizationId: user.organization.id, ctx: await enter(ctx, email) };
}

const mailsTo = (email: string) =>
  db.select().from(mails).where(eq(mails.recipient, email)).orderBy(desc(mails.createdAt), desc(mails.id));

async function tokenFor(email: string): Promise<string> {
  const [mail] = await mailsTo(email);
  const token = /token=([\w-]{43})/.exec(mail?.body ?? '')?.[1];
  if (!token) throw new Error(`no link for ${email}`);
  return token;
}

const forget = async (email: string, ctx = from()) => (await requestPasswordReset(ctx, email))();
const over = { code: 'not_found' };

describe('a forgotten password', () => {
  test('is answered the same for an unknown address, and only a known one gets mail', async () => {
    const { email } = await somebody();
    const answers = [
      await requestPasswordReset(from(), email),
      await requestPasswordReset(from(), 'nobody@example.com'),
    ];
    expect(answers.map((answer) => typeof answer)).toEqual(['function', 'function']);
    for (const finish of answers) expect(await finish()).toBeUndefined();
    expect(await mailsTo(email)).toHaveLength(1);
    expect(await mailsTo('nobody@example.com')).toHaveLength(0);
    await expect(requestPasswordReset(from(), 'no address')).rejects.toMatchObject({ field: 'email' });
  });

  test('is replaced by a link that is kept as a hash, and every session ends', async () => {
    const { email, ctx, userId } = await somebody();
    await forget(email.toUpperCase());
    const token = await tokenFor(email);
    const kept = await db.select().from(emailLinks).where(eq(emailLinks.userId, userId));
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(await findPasswordReset(from(), token)).toEqual({ email });
    await resetPassword(from(), { token, password: another });
    expect(await findSessionPerson(db, ctx.actor.sessionId ?? '')).toBeUndefined();
    await expect(enter(from(), email)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await enter(from(), email, another)).toBeDefined();
    expect((await getProfile(ctx)).emailVerifiedAt).not.toBeNull();
    expect((await mailsTo(email))[0]?.subject).toBe('Your password was changed');
  });

  test('has a link that works once, however many use it at the same moment', async () => {
    const { email } = await somebody();
    await forget(email);
    const token = await tokenFor(email);
    const uses = await Promise.allSettled(
      [1, 2, 3].map((n) => resetPassword(from(), { token, password: `${another} ${n}` })),
    );
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(resetPassword(from(), { token, password: another })).rejects.toMatchObject(over);
    expect(await findPasswordReset(from(), token)).toBeUndefined();
  });

  test('has a link that lives for 30 minutes', async () => {
    const { email, userId } = await somebody();
    await forget(email);
    const token = await tokenFor(email);
    const [link] = await db.select().from(emailLinks).where(eq(emailLinks.userId, userId));
    const minutes = ((link?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThanOrEqual(30);
    await db
      .update(emailLinks)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(emailLinks.userId, userId));
    await expect(resetPassword(from(), { token, password: another })).rejects.toMatchObject(over);
  });

  test('has a link that survives a password that is refused', async () => {
    const { email } = await somebody();
    await forget(email);
    const token = await tokenFor(email);
    await expect(resetPassword(from(), { token, password: 'short' })).rejects.toMatchObject({ field: 'password' });
    await resetPassword(from(), { token, password: another });
  });

  test('using one link invalidates the others', async () => {
    const { email } = await somebody();
    await forget(email);
    const first = await tokenFor(email);
    await forget(email);
    await resetPassword(from(), { token: await tokenFor(email).then(() => first), password: another });
    const open = await db.select().from(emailLinks).where(sql`consumed_at is null and lower(email) = ${email}`);
    expect(open).toHaveLength(0);
  });

  test('refuses a link that was sent to a former address of the account', async () => {
    const { email, userId } = await somebody();
    await forget(email);
    const token = await tokenFor(email);
    await db
      .update(users)
      .set({ email: `new-${email}` })
      .where(eq(users.id, userId));
    await expect(resetPassword(from(), { token, password: another })).rejects.toMatchObject(over);
  });

  test('sends at most five links an hour, with the same answer afterwards', async () => {
    const { email } = await somebody();
    for (let i = 0; i < 7; i++) await forget(email);
    expect(await mailsTo(email)).toHaveLength(5);
  });

  test('is limited for a network', async () => {
    const eve = from();
    for (let i = 0; i < 20; i++) await requestPasswordReset(eve, `someone${i}@example.com`);
    await expect(requestPasswordReset(eve, 'one-more@example.com')).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test.each(['', 'x', '\0', '../../etc', 'a'.repeat(43)])('token %j is no link', async (token) => {
    await expect(resetPassword(from(), { token, password: another })).rejects.toMatchObject(over);
  });
});

describe('the verification of an address', () => {
  test('is mailed at sign-up, and the link proves it once', async () => {
    const email = `signs-up${++count}@example.com`;
    const ctx = from();
    await signUp(ctx, { email, password });
    const signedIn = await enter(ctx, email);
    expect(signedIn.actor.emailVerified).toBe(false);
    const token = await tokenFor(email);
    expect(await findVerification(signedIn, token)).toEqual({ email });
    await verifyEmail(signedIn, token);
    expect(await findSessionPerson(db, signedIn.actor.sessionId ?? '')).toMatchObject({ emailVerified: true });
    await expect(verifyEmail(signedIn, token)).rejects.toMatchObject(over);
    await expect(requestVerification(signedIn)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is given once by a link, however many use it at the same moment', async () => {
    const { ctx, email, userId } = await somebody();
    await requestVerification(ctx);
    const token = await tokenFor(email);
    const uses = await Promise.allSettled([1, 2, 3].map(() => verifyEmail(ctx, token)));
    expect(uses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const use of uses) if (use.status === 'rejected') expect(use.reason).toMatchObject(over);
    const told = and(eq(auditEvents.action, 'user.verify_email'), eq(auditEvents.targetId, userId));
    expect(await db.$count(auditEvents, told)).toBe(1);
  });

  test('works only for the person of the account', async () => {
    const [ada, eve] = [await somebody(), await somebody()];
    await requestVerification(ada.ctx);
    const token = await tokenFor(ada.email);
    await expect(verifyEmail(eve.ctx, token)).rejects.toMatchObject(over);
    await expect(verifyEmail(from(), token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await verifyEmail(ada.ctx, token);
  });

  test('refuses links for other purposes', async () => {
    const { email, ctx } = await somebody();
    await forget(email);
    await expect(verifyEmail(ctx, await tokenFor(email))).rejects.toMatchObject(over);
  });
});

describe('settings', () => {
  test('an address that somebody takes at the same moment is a conflict, and the link was not used up for nothing', async () => {
    const [ada, eve] = [await somebody(), await somebody()];
    const email = `wanted${++count}@example.com`;
    await requestEmailChange(ada.ctx, { email, currentPassword: password });
    const token = await tokenFor(email);
    let confirmed: Promise<unknown> | undefined;
    await db.transaction(async (tx) => {
      await tx.update(users).set({ email }).where(eq(users.id, eve.userId));
      confirmed = confirmEmailChange(ada.ctx, token).catch((error: unknown) => error);
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await db.execute(waiting)).length === 0);
    });
    expect(await confirmed).toMatchObject({ code: 'conflict' });
    expect(await getProfile(ada.ctx)).toMatchObject({ email: ada.email });
  });

  test('another password asks for the current one and ends the other sessions', async () => {
    const { email, ctx } = await somebody();
    const other = await enter(from(), email);
    const wrong = changePassword(ctx, { currentPassword: 'wrong', newPassword: another });
    await expect(wrong).rejects.toMatchObject({ field: 'currentPassword' });
    const weak = changePassword(ctx, { currentPassword: password, newPassword: 'short' });
    await expect(weak).rejects.toMatchObject({ field: 'newPassword' });
    await changePassword(ctx, { currentPassword: password, newPassword: another });
    expect(await findSessionPerson(db, other.actor.sessionId ?? '')).toBeUndefined();
    expect(await findSessionPerson(db, ctx.actor.sessionId ?? '')).toBeDefined();
    await expect(enter(from(), email)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('another address is used after its verification, and the old one is informed', async () => {
    const { email, ctx } = await somebody();
    const next = `next-${email}`;
    await expect(requestEmailChange(ctx, { email: next, currentPassword: 'wrong' })).rejects.toMatchObject({
      field: 'currentPassword',
    });
    await requestEmailChange(ctx, { email: next, currentPassword: password });
    expect((await getProfile(ctx)).email).toBe(email);
    const token = await tokenFor(next);
    await expect(confirmEmailChange((await somebody()).ctx, token)).rejects.toMatchObject(over);
    await confirmEmailChange(ctx, token);
    expect(await getProfile(ctx)).toMatchObject({ email: next, emailVerifiedAt: expect.any(Date) });
    expect((await mailsTo(email))[0]?.subject).toBe('Your e-mail address was changed');
    await expect(confirmEmailChange(ctx, token)).rejects.toMatchObject(over);
  });

  test('another address is taken once by its link, however many use it at the same moment', async () => {
    const { ctx, userId } = await somebody();
    const email = `at-once${++count}@example.com`;
    await requestEmailChange(ctx, { email, currentPassword: password });
    const token = await tokenFor(email);
    const uses = await Promise.allSettled([1, 2, 3].map(() => confirmEmailChange(ctx, token)));
    expect(uses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const use of uses) if (use.status === 'rejected') expect(use.reason).toMatchObject(over);
    const told = and(eq(auditEvents.action, 'user.change_email'), eq(auditEvents.targetId, userId));
    expect(await db.$count(auditEvents, told)).toBe(1);
  });

  test('an address with an account gets the same answer, and its owner is informed', async () => {
    const [ada, grace] = [await somebody(), await somebody()];
    await requestEmailChange(ada.ctx, { email: grace.email, currentPassword: password });
    expect((await mailsTo(grace.email))[0]?.subject).toBe('Your address already has an account');
    const links = await db.select().from(emailLinks).where(eq(emailLinks.userId, ada.userId));
    expect(links).toHaveLength(0);
  });

  test('an address that got an account in the meantime stays with that account', async () => {
    const { ctx, email } = await somebody();
    const next = `raced-${email}`;
    await requestEmailChange(ctx, { email: next, currentPassword: password });
    const token = await tokenFor(next);
    await createUser(from(), { email: next, password });
    await expect(confirmEmailChange(ctx, token)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('another name is checked, kept, and told by the history', async () => {
    const { ctx, userId } = await somebody();
    await expect(changeName(ctx, 'a\u202eb')).rejects.toMatchObject({ field: 'name' });
    await changeName(ctx, ' Grace Hopper ');
    expect((await getProfile(ctx)).name).toBe('Grace Hopper');
    const rows = await db.execute(
      sql`select before, after from audit_events where action = 'user.update' and target_id = ${userId}`,
    );
    expect(rows).toHaveLength(1);
  });

  test('an API token changes nothing of the account', async () => {
    const { ctx, organizationId } = await somebody();
    const program = await throughToken(ctx, organizationId, ['clients:write', 'org:admin']);
    await expect(changeName(program, 'Mallory')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(changePassword(program, { currentPassword: password, newPassword: another })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('no history row holds a password, a hash or a link', async () => {
    const text = JSON.stringify(await db.execute(sql`select before, after from audit_events`));
    expect(text).not.toMatch(/argon2|correct horse|staple under/);
    for (const { body } of await db.select().from(mails).where(like(mails.body, '%token=%')))
      expect(text).not.toContain(/token=([\w-]{43})/.exec(body)?.[1] ?? 'no token');
  });
});

describe("the operator's command line", () => {
  test('gives a person a new password and ends their sessions', async () => {
    const { email, ctx } = await somebody();
    const operator: Context = { ...from(), actor: { kind: 'command_line' }, channel: 'command_line' };
    await setPassword(operator, { email, password: another });
    expect(await findSessionPerson(db, ctx.actor.sessionId ?? '')).toBeUndefined();
    expect(await enter(from(), email, another)).toBeDefined();
    await expect(setPassword(ctx, { email, password: another })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setPassword(operator, { email: 'nobody@example.com', password })).rejects.toMatchObject(over);
  });
});
