import type { ClientPosition, ClientSort } from '#lib/clients/index';
import { readCursor as readPlace, writeCursor as writePlace } from '#lib/cursors/index';

/** A place in the list: the row at its edge, and how many rows come before it (for "21–40 of 60" only). */
export type Cursor = { position: ClientPosition; rowsBefore: number };

/** The sort is part of a place, because a place is valid in one order only. */
const listOf = (sort: ClientSort) => ['the portal’s list of clients', sort];

export const writeCursor = ({ position, rowsBefore }: Cursor, sort: ClientSort): string =>
  writePlace([position.key, position.clientId, rowsBefore], listOf(sort));

/** Reads a place; undefined unless this server wrote it. The query limits the rows to the person's organizations. */
export function readCursor(text: string, sort: ClientSort): Cursor | undefined {
  const place = readPlace(text, listOf(sort));
  if (!place) return undefined;
  const [key, clientId, rowsBefore] = place;
  return { position: { key: String(key), clientId: String(clientId) }, rowsBefore: Number(rowsBefore) };
}
