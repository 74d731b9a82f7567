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

/**
 * Returns the user id for an address and a password. An unknown address gets the same answer after the same work as a wrong password.
 * @throws unauthenticated: the address is unknown or the password is wrong; rate_limited
 */
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

/** Signs a person in with an address and a password; returns the id of the new session. @throws as `checkCredentials` */
export async function signIn(ctx: Context, input: { email: string; password: string } & Browser): Promise<string> {
  return startSession(ctx, await checkCredentials(ctx, input), input);
}

const quarter = 15 * 60;
const perNetwork: Limit = { max: 100, windowSeconds: quarter };
const perAddressAndNetwork: Limit = { max: 10, windowSeconds: quarter };
const perAddress: Limit = { max: 50, windowSeconds: 60 * 60 };

const message = 'Too many attempts. Wait a little, or use the link for a forgotten password.';

const count = (ctx: Context, key: string, limit: Limit) => requireWithinLimit(ctx.db, key, limit, message);

/** The hash of an address, so that the table of rate limits contains no addresses. */
const keyOf = (email: string) => createHash('sha256').update(email).digest('base64url');

/** Counts one attempt of this network, whatever the account. */
function countAttemptOfNetwork(ctx: Context): Promise<void> {
  return count(ctx, `sign-in:network:${ctx.network}`, perNetwork);
}

/**
 * Counts one attempt for an account. Each network has its own budget, and all networks that the person has never used also share one. So the
 * attempts of strangers cannot lock out the owner on a network that they used before.
 */
async function countAttempt(ctx: Context, email: string, userId: string | undefined): Promise<void> {
  const key = keyOf(email);
  await count(ctx, `sign-in:${key}:${ctx.network}`, perAddressAndNetwork);
  const known = await hasSignedInFrom(ctx.db, userId ?? 'nobody', ctx.network);
  if (!known) await count(ctx, `sign-in:${key}`, perAddress);
}

const anyOrigin = 'https://portal.invalid';

/**
 * The path to open after sign-in: `raw` if it is a path of this portal (or a URL below `appUrl`), otherwise `otherwise`. A text is not a path
 * of this portal if a browser could read another host in it: `//`, `/\`, control characters, or dot segments that leave `//`.
 */
export function readCallbackUrl(raw: unknown, appUrl: string, otherwise = '/clients'): string {
  if (typeof raw !== 'string' || raw.length > 2000 || /[\p{Cc}\\\s]/u.test(raw) || !raw.isWellFormed())
    return otherwise;
  const path = raw.startsWith(`${appUrl}/`) ? raw.slice(appUrl.length) : raw;
  if (!path.startsWith('/') || !URL.canParse(path, anyOrigin)) return otherwise;
  const url = new URL(path, anyOrigin);
  if (url.origin !== anyOrigin || /^\/+(\/|%2f|%5c)/i.test(url.pathname)) return otherwise;
  return url.pathname + url.search + url.hash;
}

export type Browser = { userAgent: string };

/** The actor of the audit row of a sign-in: the person who has just signed in. */
const asUser = (userId: string): Person => ({
  kind: 'person',
  userId,
  isOperator: false,
  emailVerified: false,
  memberships: [],
});

/** Starts a session for a person who has just authenticated, and ends the browser's previous session. Returns the id of the new session. */
export async function startSession(ctx: Context, userId: string, browser: Browser): Promise<string> {
  const now = new Date();
  // Not authenticated again: the browser's previous session may have ended, and the person has just authenticated.
  return inTransaction({ ...ctx, reauthenticate: undefined }, async (tx) => {
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
      // The same person signs in again, for example because an app requires a recent sign-in: the apps keep their tokens.
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
