import type { ClientPosition, ClientSort } from '#lib/clients/index';
import { isClientId } from '#lib/clients/rules';

/** A place in the list: the row at its edge, and how many rows come before it (for "21–40 of 60" only). */
export type Cursor = { position: ClientPosition; rowsBefore: number };

const moment = /^(-infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)$/;

export function writeCursor({ position, rowsBefore }: Cursor): string {
  return Buffer.from(JSON.stringify([position.key, position.clientId, rowsBefore])).toString('base64url');
}

/** What an address says about the place, if it can be one of this sort's at all. Tenancy is the query's: a made-up place shows nobody else's rows. */
export function readCursor(text: string, sort: ClientSort): Cursor | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64url')));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [key, clientId, rowsBefore] = parts as unknown[];
  if (typeof key !== 'string' || typeof clientId !== 'string' || !isClientId(clientId)) return undefined;
  if (typeof rowsBefore !== 'number' || !Number.isSafeInteger(rowsBefore) || rowsBefore < 0) return undefined;
  const isKey = sort === 'name' ? key.length <= 1024 && key.isWellFormed() && !key.includes('\0') : isMoment(key);
  return isKey ? { position: { key, clientId }, rowsBefore } : undefined;
}

const isMoment = (key: string) =>
  moment.test(key) &&
  (key === '-infinity' || !Number.isNaN(Date.parse(key.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))));
