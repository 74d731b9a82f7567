import { createHmac, timingSafeEqual } from 'node:crypto';
import { keys } from '#lib/kernel/keys';

/** A place in a list: the sort key and the id of the row at its edge, and whether the page lies before it. */
export type Place = readonly (string | number | boolean)[];

const macBytes = 16;

/**
 * A place as text that only this installation can have written (HMAC-SHA-256 under the cursor key). `list` says of which list:
 * whose it is, its filter and its order; everything in it counts.
 */
export function writeCursor(place: Place, list: unknown): string {
  const body = JSON.stringify(place);
  return `${Buffer.from(body).toString('base64url')}.${sign(body, list).toString('base64url')}`;
}

/** The place, or undefined for a text that was not written for exactly this list. */
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
