import { createHmac } from 'node:crypto';
import type { Db } from '#db/client';
import { keepRefusal } from '#db/queries/refusals';
import { isClientId } from '../clients/rules.ts';
import { keys } from '../keys.ts';

/** No vowels, and nothing that is read as something else: a code that is told over the phone, and spells nothing. */
const letters = 'BCDFGHJKMNPQRTVWXYZ2346789';
const perClientMax = 100;

type Noted = { clientId: string | undefined; redirectUri: string | undefined; error: string; description: string };

/**
 * Keeps a refusal for whoever owns the client; answers the reference that the person is told. There is one also where nothing is kept, and
 * the same for the same mistake, so that a stranger does not learn which clients there are.
 */
export async function noteRefusal(db: Db, { clientId, redirectUri, error, description }: Noted): Promise<string> {
  const [asked = '', query] = (redirectUri ?? '').split('?', 2);
  const readable = asked
    .toWellFormed()
    .replace(/[\p{Cc}]/gu, '�')
    .slice(0, 2048);
  const reference = referenceOf([clientId?.toLowerCase(), error, readable, query !== undefined]);
  if (clientId === undefined || !isClientId(clientId)) return reference;
  const row = { reference, clientId, error, description, redirectUri: readable, hadQuery: query !== undefined };
  await keepRefusal(db, row, perClientMax);
  return reference;
}

function referenceOf(mistake: readonly unknown[]): string {
  const mac = createHmac('sha256', keys().cursor)
    .update(JSON.stringify(['refusal', ...mistake]))
    .digest();
  const code = [...mac.subarray(0, 10)].map((byte) => letters[byte % letters.length]).join('');
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}
