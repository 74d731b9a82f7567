import { createHash } from 'node:crypto';
import { moveToSession } from '#db/queries/artifacts';
import { deleteOldSessionsOf, endSessions, hasSignedInFrom, insertSession } from '#db/queries/sessions';
import { selectPasswordHash, updateUser } from '#db/queries/users';
import { recordAudit } from '#lib/audit/index';
import { hashCredential } from '#lib/credentials/index';
import { clearAfterCommit } from '#lib/endings/index';
import type { Person } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { type Limit, requireWithinLimit } from '#lib/rate-limits/index';
import { comparableEmail, hashPassword, isPassword, needsRehash, passwordBytesMax } from '#lib/users/index';
import { sessionEnd, sessionsDeletedBefore } from './find.ts';

const wrong = () => new RegistryError('unauthenticated', 'The e-mail address or the password is not right.');

/** Whose address and password these are; an unknown address is refused with the same words after the same work. */
export async function checkCredentials(ctx: Context, input: { email: string; password: string }): Promise<string> {
  const { password } = input;
  await countAttemptOfNetwork(ctx);
  if (Buffer.byteLength(password) > passwordBytesMax * 4 || input.email.length > 1000) throw wrong();
  const email = comparableEmail(input.email);
  const known = await selectPasswordHash(ctx.db, { email: email.replaceAll('\0', '') });
  const person = known?.disabledAt === null ? known : undefined;
  await countAttempt(ctx, email, person?.userId);
  if (!(await isPassword(password, person?.passwordHash)) || !person?.passwordHash) throw wrong();
  if (needsRehash(person.passwordHash))
    await updateUser(ctx.db, person.userId, { passwordHash: await hashPassword(password) });
  return person.userId;
}

/**
 * Signs a person in by e-mail address and password and returns the id of the new session.
 * Throws `unauthenticated` (unknown address and wrong password alike) or `rate_limited`.
 */
export async function signIn(ctx: Context, input: { email: string; password: string } & Browser): Promise<string> {
  return startSession(ctx, await checkCredentials(ctx, input), input);
}

const quarter = 15 * 60;
const perNetwork: Limit = { max: 100, windowSeconds: quarter };
const perAddressAndNetwork: Limit = { max: 10, windowSeconds: quarter };
const perAddress: Limit = { max: 50, windowSeconds: 60 * 60 };

const message = 'Too many attempts. Wait a little, or use the link for a forgotten password.';

const take = (ctx: Context, key: string, limit: Limit) => requireWithinLimit(ctx.db, key, limit, message);

/** An address as a key of limits, so that the table of limits is not a list of addresses. */
const keyOf = (email: string) => createHash('sha256').update(email).digest('base64url');

/** Counts one attempt from this network, for any account. */
function countAttemptOfNetwork(ctx: Context): Promise<void> {
  return take(ctx, `sign-in:network:${ctx.network}`, perNetwork);
}

/**
 * One attempt at an account. A network from which the person signed in before has its own budget only, so no stranger's
 * attempts can keep the owner out; all other networks also share one.
 */
async function countAttempt(ctx: Context, email: string, userId: string | undefined): Promise<void> {
  const key = keyOf(email);
  await take(ctx, `sign-in:${key}:${ctx.network}`, perAddressAndNetwork);
  const known = await hasSignedInFrom(ctx.db, userId ?? 'nobody', ctx.network);
  if (!known) await take(ctx, `sign-in:${key}`, perAddress);
}

const somewhere = 'https://portal.invalid';

/**
 * Where to go after sign-in: `raw` when it is a path of this portal (or an address below `appUrl`), else `otherwise`.
 * What browsers read as another host (`//`, `/\`, control characters they strip, dot segments that leave `//`) is not.
 */
export function readCallbackUrl(raw: unknown, appUrl: string, otherwise = '/clients'): string {
  if (typeof raw !== 'string' || raw.length > 2000 || /[\p{Cc}\\\s]/u.test(raw) || !raw.isWellFormed())
    return otherwise;
  const path = raw.startsWith(`${appUrl}/`) ? raw.slice(appUrl.length) : raw;
  if (!path.startsWith('/') || !URL.canParse(path, somewhere)) return otherwise;
  const url = new URL(path, somewhere);
  if (url.origin !== somewhere || /^\/+(\/|%2f|%5c)/i.test(url.pathname)) return otherwise;
  return url.pathname + url.search + url.hash;
}

export type Browser = { userAgent: string };

/** The acting person once the sign-in has succeeded, for the history. */
const asUser = (userId: string): Person => ({
  kind: 'person',
  userId,
  isOperator: false,
  emailVerified: false,
  memberships: [],
});

/** Starts a session for a person who has just authenticated, and ends the browser's previous session. Returns the new id. */
export async function startSession(ctx: Context, userId: string, browser: Browser): Promise<string> {
  const now = new Date();
  return inTransaction(ctx, async (tx) => {
    const before = ctx.actor.kind === 'person' ? ctx.actor : undefined;
    await deleteOldSessionsOf(tx.db, userId, sessionsDeletedBefore(now));
    const userAgent = browser.userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 256);
    const sessionId = await insertSession(tx.db, {
      userId,
      userAgent,
      network: ctx.network,
      expiresAt: sessionEnd(now),
    });
    if (before?.sessionId) {
      // Who signs in once more, because an app wants fresh proof, keeps what apps were given.
      if (before.userId === userId)
        await moveToSession(tx.db, {
          from: before.sessionId,
          to: sessionId,
          hash: hashCredential(sessionId).hash,
          loginTs: Math.floor(now.getTime() / 1000),
        });
      const { endingIds } = await endSessions(tx.db, { userId: before.userId, id: before.sessionId });
      clearAfterCommit(tx, endingIds);
    }
    await recordAudit(
      { ...tx, actor: asUser(userId) },
      { action: 'session.create', organizationId: null, targetType: 'user', targetId: userId, after: { sessionId } },
    );
    return sessionId;
  });
}
