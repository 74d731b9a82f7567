import { everyHash, isHashOf } from '../credentials/index.ts';
import { exchange } from './exchange.ts';
import { refuseWhereBlocked } from './failures.ts';
import { noteSecretUse } from './note-use.ts';
import { clientOf } from './registered-client.ts';

/**
 * Whether it is one of the client's live secrets. Looks at each of them, so that the time says nothing. Throws `rate_limited`
 * where too many were wrong before, also for a right one: else the limit would tell which is right.
 */
export function isSecretOf(protocolId: string, secret: string): boolean {
  const { vouched } = exchange();
  if (vouched?.protocolId === protocolId) return secret === vouched.secret;
  const { clientId, secrets, blockedUntil } = clientOf(protocolId);
  refuseWhereBlocked({ blockedUntil });
  const hashes = everyHash(secret);
  let found: (typeof secrets)[number] | undefined;
  for (const one of secrets) if (isHashOf(one.hash, hashes)) found = one;
  if (!found) return false;
  exchange().secretId = found.id;
  noteSecretUse(clientId, found);
  return true;
}
