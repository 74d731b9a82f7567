import { createHmac } from 'node:crypto';
import type { Db } from '#db/client';
import { deleteRefusalsBefore } from '#db/queries/refusals';
import { isClientId } from '#lib/clients/rules';
import { keys } from '#lib/kernel/keys';
import { queueRefusal } from './find.ts';
import type { RefusalEndpoint, RefusalReason } from './reason.ts';

/** No vowels, and nothing that is read as something else: a code that is told over the phone, and spells nothing. */
const letters = 'BCDFGHJKMNPQRTVWXYZ2346789';

export type NewRefusal = {
  clientId: string | undefined;
  endpoint: RefusalEndpoint;
  reason: RefusalReason;
  error: string;
  description: string;
  /** What was sent, of the parameter that the reason is about: never a credential. */
  asked?: string | undefined;
  redirectUri?: string | undefined;
};

/**
 * Stores a refusal for the client's owner within a second. Returns the reference that the person is shown. An unknown client gets a reference
 * too, and the same mistake gets the same reference, so that a stranger cannot tell which clients exist.
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

/** As a page may show it: no control characters, no half of a surrogate pair. */
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

/** Forgets some refusals that did not happen again for thirty days; answers how many. */
export const deleteOldRefusals = (db: Db, now: Date): Promise<number> =>
  deleteRefusalsBefore(db, new Date(now.getTime() - keptDays * 86_400_000));
