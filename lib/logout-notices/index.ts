import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Db } from '#db/client';
import { deleteLogoutNotice, postponeLogoutNotice, takeDueNotices } from '#db/queries/logout-notices';
import { postForm } from '#lib/guarded-fetch/index';
import { runInBackground } from '#lib/kernel/background';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { openSigningKeys, type SigningKey } from '#lib/signing-keys/index';
import { subjectFor } from '#lib/subjects/index';

type Notice = Awaited<ReturnType<typeof takeDueNotices>>[number];

const batchSize = 20;
const timeoutMs = 5000;
/** A notice that a client did not accept is sent again after a minute, ten minutes and an hour; then it is deleted. */
const retryAfterMs = [60_000, 600_000, 3_600_000];

/** Sends a batch of due logout notices to clients and returns the batch's size. A client that does not answer is not an error. */
export async function deliverLogoutNotices(db: Db): Promise<number> {
  const now = new Date();
  const again = new Date(now.getTime() + timeoutMs * 4);
  const notices = await takeDueNotices(db, { now, again, limit: batchSize });
  if (notices.length === 0) return 0;
  const keys = await openSigningKeys(db);
  await Promise.all(notices.map((notice) => deliver(db, keys, notice)));
  return notices.length;
}

async function deliver(db: Db, keys: readonly SigningKey[], notice: Notice): Promise<void> {
  const form = { logout_token: await writeLogoutToken(db, keys, notice) };
  const answer = await postForm(notice.uri ?? '', form, { timeoutMs });
  const wait = answer.ok ? undefined : retryAfterMs[notice.attempts - 1];
  if (wait === undefined) return deleteLogoutNotice(db, notice.id);
  await postponeLogoutNotice(db, notice.id, new Date(Date.now() + wait));
}

/** OpenID Connect Back-Channel Logout §2.4 */
async function writeLogoutToken(db: Db, keys: readonly SigningKey[], notice: Notice): Promise<string> {
  const key = keys.find(({ alg, publishedUntil }) => alg === notice.alg && publishedUntil === null);
  if (!key) throw new Error(`no key signs ${notice.alg}`);
  return new SignJWT({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, sid: notice.sid })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'logout+jwt' })
    .setIssuer(env().appUrl)
    .setAudience(notice.protocolId)
    .setSubject(await subjectFor(db, notice.userId, notice))
    .setIssuedAt()
    .setExpirationTime('2m')
    .setJti(randomUUID())
    .sign(await importJWK(key.privateJwk, key.alg));
}

/** Sends the logout notices of ended sessions to clients, and repeats those that failed. */
export const { wake: wakeLogoutNotices, schedule: startLogoutNotices } = runInBackground('logout-notices', () =>
  deliverLogoutNotices(database()),
);
