import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import {
  deleteLogoFetch,
  dropForeignLogo,
  insertLogoFetch,
  lockClientWithoutLogo,
  postponeLogoFetch,
  takeDueLogoFetches,
  updateFetchedLogo,
} from '#db/queries/logo-fetches';
import { recordAudit } from '#lib/audit/index';
import { fetchDocument, mayFetch } from '#lib/guarded-fetch/index';
import { runInBackground } from '#lib/kernel/background';
import { database } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { encodeLogo, type Logo, storeLogo } from '#lib/logos/index';
import { kindOfLogo, logoBytesMax } from '#lib/logos/rules';

const limits = { bytesMax: logoBytesMax, timeoutMs: 5000, accept: 'image/png, image/jpeg, image/webp, image/gif' };

/**
 * Fetches the logo at a stranger's URL and encodes it again; undefined if there is no valid logo. The same rules hold as for an uploaded logo,
 * but an SVG is refused: drawing it takes seconds, and people who upload a logo would have to wait.
 */
async function fetchLogoAt(logoUri: string): Promise<Logo | undefined> {
  const fetched = await fetchDocument(logoUri, limits);
  if (!fetched.ok || kindOfLogo(fetched.bytes) === 'svg') return undefined;
  try {
    return await encodeLogo(fetched.bytes);
  } catch (error) {
    if (isRegistryError(error)) return undefined;
    throw error;
  }
}

type Due = Awaited<ReturnType<typeof takeDueLogoFetches>>[number];

const batchSize = 4;
/** Longer than the slowest fetch and the slowest encoding together. */
const leaseMs = 60_000;
const minute = 60_000;
/** The waiting time after each failed attempt. After the last one, the logo is fetched only if the client's `logoUri` is written again. */
const retryAfterMs = [minute, 10 * minute, 60 * minute, 6 * 60 * minute, 24 * 60 * minute];

/** Fetches a batch of due logos and returns the batch's size. A missing or invalid logo is not an error. */
export async function fetchDueLogos(db: Db): Promise<number> {
  const now = new Date();
  const due = await takeDueLogoFetches(db, { now, again: new Date(now.getTime() + leaseMs), limit: batchSize });
  await Promise.all(due.map((one) => fetchLogo(db, one)));
  return due.length;
}

async function fetchLogo(db: Db, due: Due): Promise<void> {
  // Since this fetch was requested, the client's `logoUri` has changed, or a logo was uploaded.
  if (!due.isWanted) return deleteLogoFetch(db, due);
  const { attempts } = due;
  const postpone = (waitMs: number, attemptCount: number) =>
    postponeLogoFetch(db, due, { nextAt: new Date(Date.now() + waitMs), attempts: attemptCount });
  if (!(await mayFetch(db, 'logo', { clientId: due.clientId, address: due.logoUri })))
    return postpone(minute, attempts - 1);
  const logo = await fetchLogoAt(due.logoUri);
  if (logo) return saveLogo(db, due, logo);
  const wait = retryAfterMs[attempts - 1];
  return wait === undefined ? deleteLogoFetch(db, due) : postpone(wait, attempts);
}

function saveLogo(db: Db, due: Due, logo: Logo): Promise<void> {
  return db.transaction(async (tx) => {
    const client = await lockClientWithoutLogo(tx, due);
    if (client) {
      const logoHash = await storeLogo(tx, logo);
      await updateFetchedLogo(tx, due, logoHash);
      const channel = client.provenance;
      await recordAudit(
        { db: tx, actor: { kind: 'system' }, channel, requestId: randomUUID(), network: 'unknown' },
        {
          action: 'client.update',
          organizationId: client.organizationId,
          targetType: 'client',
          targetId: due.clientId,
          before: { logoHash: null, logoFetchedFrom: null },
          after: { logoHash, logoFetchedFrom: due.logoUri },
        },
      );
    }
    await deleteLogoFetch(tx, due);
  });
}

/** Fetches the requested logos, in a server process only: the command line sends no requests. */
export const { wake: wakeLogoFetches, schedule: startLogoFetches } = runInBackground(
  'logo-fetches',
  () => fetchDueLogos(database()),
  { scheduledOnly: true },
);

/**
 * Requests the fetch of a client's logo. Call it in every transaction that writes `logoUri`. It removes a logo that was fetched from another
 * URL. An uploaded logo stays, and nothing is fetched. After the commit, `wakeLogoFetches` starts the fetch at once.
 */
export async function requestLogoFetch(db: Db, clientId: string): Promise<void> {
  await dropForeignLogo(db, clientId);
  await insertLogoFetch(db, clientId);
}
