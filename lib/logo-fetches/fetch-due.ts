import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import {
  deleteLogoFetch,
  holdClientWithoutLogo,
  postponeLogoFetch,
  takeDueLogoFetches,
  updateFetchedLogo,
} from '#db/queries/logo-fetches';
import { recordAudit } from '../audit/index.ts';
import { mayAsk } from '../guarded-fetch/index.ts';
import { type Logo, storeLogo } from '../logos/index.ts';
import { readLogoAt } from './read-logo-at.ts';

type Due = Awaited<ReturnType<typeof takeDueLogoFetches>>[number];

const atOnce = 4;
/** Longer than the slowest host and the slowest picture together take. */
const leaseMs = 60_000;
const minute = 60_000;
/** A logo that cannot be had is asked for again so long after each attempt; then not before the client names it anew. */
const againAfterMs = [minute, 10 * minute, 60 * minute, 6 * 60 * minute, 24 * 60 * minute];

/** Fetches logos that are due; answers how many were taken. Never throws for what stands, or does not stand, at their addresses. */
export async function fetchDueLogos(db: Db): Promise<number> {
  const now = new Date();
  const due = await takeDueLogoFetches(db, { now, again: new Date(now.getTime() + leaseMs), limit: atOnce });
  await Promise.all(due.map((one) => fetchLogo(db, one)));
  return due.length;
}

async function fetchLogo(db: Db, due: Due): Promise<void> {
  // Since it was noted, another address was named, or a logo was uploaded.
  if (!due.isWanted) return deleteLogoFetch(db, due);
  const { attempts } = due;
  const postpone = (waitMs: number, counted: number) =>
    postponeLogoFetch(db, due, { nextAt: new Date(Date.now() + waitMs), attempts: counted });
  if (!(await mayAsk(db, 'logo', { clientId: due.clientId, address: due.logoUri })))
    return postpone(minute, attempts - 1);
  const logo = await readLogoAt(due.logoUri);
  if (logo) return keep(db, due, logo);
  const wait = againAfterMs[attempts - 1];
  return wait === undefined ? deleteLogoFetch(db, due) : postpone(wait, attempts);
}

function keep(db: Db, due: Due, logo: Logo): Promise<void> {
  return db.transaction(async (tx) => {
    const client = await holdClientWithoutLogo(tx, due);
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
