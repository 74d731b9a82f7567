import { createHmac, timingSafeEqual } from 'node:crypto';
import { keys } from '#lib/kernel/keys';

/** A position in a list: the sort key and the id of the last row of a page, and whether the cursor goes backwards. */
export type Place = readonly (string | number | boolean)[];

const macBytes = 16;

/**
 * Writes a position as a text that only this installation can write (HMAC-SHA-256 under the cursor key). `list` identifies the list by its
 * owner, filter and order; the cursor is valid only for an equal `list`.
 */
export function writeCursor(place: Place, list: unknown): string {
  const body = JSON.stringify(place);
  return `${Buffer.from(body).toString('base64url')}.${sign(body, list).toString('base64url')}`;
}

/** Reads a position; undefined if `writeCursor` did not write the text for the same `list`. */
export function readCursor(cursor: string, list: unknown): Place | undefined {
  const [encoded = '', mac = '', ...rest] = cursor.split('.');
  const body = Buffer.from(encoded, 'base64url').toString();
  const given = Buffer.from(mac, 'base64url');
  const isCanonical = rest.length === 0 && Buffer.from(body).toString('base64url') === encoded;
  if (!isCanonical || given.length !== macBytes || given.toString('base64url') !== mac) return undefined;
  return timingSafeEqual(given, sign(body, list)) ? (JSON.parse(body) as Place) : undefined;
}

const sign = (body: string, list: unknown): Buffer =>
  createHmac('sha256', keys().cursor)
    .update(JSON.stringify([body, list]))
    .digest()
    .subarray(0, macBytes);
