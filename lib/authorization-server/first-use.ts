import { createHash } from 'node:crypto';
import { insertFirstUse } from '#db/queries/first-uses';
import { database } from '../database.ts';

/** How far ahead a DPoP proof may be dated: it is good until its date is that long ago. */
const datedAheadSecondsMax = 300;

/**
 * Whether nobody, in any process, has shown this `jti` of that client, or of that key, before; it is remembered while what carries it could be
 * shown again. `expiresAtSeconds` since 1970. No secret: a plain hash, the same after the pepper changed.
 */
export function isFirstUse(of: string, jti: string, expiresAtSeconds: number): Promise<boolean> {
  const hash = createHash('sha256')
    .update(JSON.stringify(['once', of, jti]))
    .digest('base64url');
  const expiresAt = new Date((expiresAtSeconds + datedAheadSecondsMax) * 1000);
  return insertFirstUse(database(), { hash, kind: 'ReplayDetection', expiresAt, now: new Date() });
}
