import { touchSecret } from '#db/queries/client-credentials';
import { everyHash, isHashOf } from '../credentials/index.ts';
import { database } from '../database.ts';
import { RegistryError } from '../errors.ts';
import { exchange } from './exchange.ts';
import { clientOf } from './registered-client.ts';

const notedEveryMs = 60_000;

/**
 * Whether it is one of the client's live secrets. Looks at each of them, so that the time says nothing. Throws `rate_limited`
 * where too many were wrong before, also for a right one: else the limit would tell which is right.
 */
export function isSecretOf(clientId: string, secret: string): boolean {
  const { blockedUntil, secrets } = clientOf(clientId);
  if (blockedUntil) {
    const retryAfterSeconds = Math.max(1, Math.ceil((blockedUntil.getTime() - Date.now()) / 1000));
    throw new RegistryError('rate_limited', 'Too many wrong secrets. Wait before you try again.', {
      retryAfterSeconds,
    });
  }
  const hashes = everyHash(secret);
  let found: (typeof secrets)[number] | undefined;
  for (const one of secrets) if (isHashOf(one.hash, hashes)) found = one;
  if (!found) return false;
  exchange().secretId = found.id;
  noteUse(clientId, found);
  return true;
}

/** At most once a minute; beside the request, which it neither delays nor fails. */
function noteUse(clientId: string, { id: secretId, usedAt }: { id: string; usedAt: string | null }): void {
  const now = new Date();
  const before = new Date(now.getTime() - notedEveryMs);
  if (usedAt !== null && new Date(usedAt) >= before) return;
  touchSecret(database(), { secretId, clientId, now, before }).catch(() => undefined);
}
