import type { ClientPosition, ClientSort } from '#lib/clients/index';
import { readCursor as readPlace, writeCursor as writePlace } from '#lib/cursors/index';

/** A place in the list: the row at its edge, and how many rows come before it (for "21–40 of 60" only). */
export type Cursor = { position: ClientPosition; rowsBefore: number };

/** The sort is part of it: a place of one order is none of another. */
const listOf = (sort: ClientSort) => ['the portal’s list of clients', sort];

export const writeCursor = ({ position, rowsBefore }: Cursor, sort: ClientSort): string =>
  writePlace([position.key, position.clientId, rowsBefore], listOf(sort));

/** The place, if an address of ours named it. Tenancy is the query's: a place shows nobody else's rows. */
export function readCursor(text: string, sort: ClientSort): Cursor | undefined {
  const place = readPlace(text, listOf(sort));
  if (!place) return undefined;
  const [key, clientId, rowsBefore] = place;
  return { position: { key: String(key), clientId: String(clientId) }, rowsBefore: Number(rowsBefore) };
}
