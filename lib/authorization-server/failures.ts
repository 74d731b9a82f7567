import { database } from '../database.ts';
import { RegistryError } from '../errors.ts';
import { type Budget, scaled, takeFromLimit } from '../rate-limits/index.ts';

const failuresMax = 20;

/** Rule S5: who fails to be this client from this network waits, whatever it sends next; from elsewhere the client goes on. */
export const failureBudget = (clientId: string, network: string): Budget => ({
  key: `oauth:failed:${clientId.toLowerCase()}@${network}`,
  max: scaled(failuresMax),
  windowSeconds: 60,
});

/** Throws `rate_limited` for a client as which this network failed too often. */
export function refuseWhereBlocked({ blockedUntil }: { blockedUntil: Date | null }): void {
  if (!blockedUntil) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((blockedUntil.getTime() - Date.now()) / 1000));
  const message = 'Too many failed attempts to be this client. Wait before you try again.';
  throw new RegistryError('rate_limited', message, { retryAfterSeconds });
}

/** Counts one. */
export async function noteFailure(clientId: string, network: string): Promise<void> {
  const { key, ...limit } = failureBudget(clientId, network);
  await takeFromLimit(database(), key, limit);
}
