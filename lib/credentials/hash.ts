import { createHmac, timingSafeEqual } from 'node:crypto';
import { keys } from '#lib/keys';

/** HMAC-SHA-256 (base64url) of a credential under the pepper in force, with the pepper's id (rule S2). */
export function hashCredential(credential: string): { hash: string; pepperId: string } {
  const pepper = keys().pepper;
  return { hash: createHmac('sha256', pepper.key).update(credential).digest('base64url'), pepperId: pepper.id };
}

/** Its hashes under every pepper that ever was in force: what was stored under an older one is found too. */
export function everyHash(credential: string): string[] {
  return [...keys().peppers.values()].map((key) => createHmac('sha256', key).update(credential).digest('base64url'));
}

/** Whether `stored` is one of `hashes`; takes as long for a wrong one as for the right one (rule S2). */
export function isHashOf(stored: string, hashes: readonly string[]): boolean {
  const known = Buffer.from(stored);
  let found = false;
  for (const hash of hashes) {
    const given = Buffer.from(hash);
    if (given.length === known.length && timingSafeEqual(given, known)) found = true;
  }
  return found;
}
