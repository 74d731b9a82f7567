import { createHmac } from 'node:crypto';
import type { Db } from '#db/client';
import { deleteRefusalsBefore } from '#db/queries/refusals';
import { isClientId } from '#lib/clients/rules';
import { keys } from '#lib/kernel/keys';
import { queueRefusal } from './find.ts';
import type { RefusalEndpoint, RefusalReason } from './reason.ts';

/** The signs of a reference. People may read it aloud: it has no signs that look alike, and no vowels, so that it never spells a word. */
const letters = 'BCDFGHJKMNPQRTVWXYZ2346789';

export type NewRefusal = {
  clientId: string | undefined;
  endpoint: RefusalEndpoint;
  reason: RefusalReason;
  error: string;
  description: string;
  /** The sent value of the parameter that the reason is about; never a credential. */
  asked?: string | undefined;
  redirectUri?: string | undefined;
};

/**
 * Stores a refusal for the client's owner within a second. Returns the reference that the page shows to the person. The same mistake always
 * has the same reference, also for an unknown client, so that the reference does not show which clients exist.
 */
export function noteRefusal(db: Db, { clientId, endpoint, reason, error, description, ...sent }: NewRefusal): string {
  const [uri = '', query] = (sent.redirectUri ?? '').split('?', 2);
  const redirectUri = readable(uri, 2048);
  const asked = readable(sent.asked ?? '', 200);
  const kind = ['refusal', clientId?.toLowerCase(), endpoint, reason];
  const reference = referenceOf([...kind, error, redirectUri, query !== undefined, asked]);
  if (clientId === undefined || !isClientId(clientId)) return reference;
  const hadQuery = query !== undefined;
  const row = { reference, restReference: referenceOf(kind), clientId, endpoint, reason, error, asked, redirectUri };
  queueRefusal(db, { ...row, description: readable(description, 500), hadQuery });
  return reference;
}

/** Makes a text safe to store and to show: without control characters and unpaired surrogates. */
const readable = (text: string, lengthMax: number): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}]/gu, '�')
    .slice(0, lengthMax)
    .toWellFormed();

function referenceOf(mistake: readonly unknown[]): string {
  const mac = createHmac('sha256', keys().cursor).update(JSON.stringify(mistake)).digest();
  const code = [...mac.subarray(0, 10)].map((byte) => letters[byte % letters.length]).join('');
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

const keptDays = 30;

/** Deletes a batch of refusals that were last seen more than 30 days ago; returns how many. */
export const deleteOldRefusals = (db: Db, now: Date): Promise<number> =>
  deleteRefusalsBefore(db, new Date(now.getTime() - keptDays * 86_400_000));
