import { selectEndedSecret } from '#db/queries/secrets';
import { hashesWithEveryPepper } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { RegistryError } from '#lib/kernel/errors';
import { isUuid } from '#lib/kernel/values';
import { type Budget, scaled, takeUnscaled } from '#lib/rate-limits/index';
import type { RequestState } from '../request-state.ts';

const failuresMax = 20;

/** Rule S5: limits failed authentications for each pair of client and network. Beyond the limit the pair is refused also with the right secret. */
export const failureBudget = (clientId: string, network: string): Budget => ({
  key: `oauth:failed:${clientId.toLowerCase()}@${network}`,
  max: scaled(failuresMax),
  windowSeconds: 60,
});

/** @throws rate_limited: too many authentications as this client failed from this network */
export function refuseWhereBlocked({ blockedUntil }: { blockedUntil: Date | null }): void {
  if (!blockedUntil) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((blockedUntil.getTime() - Date.now()) / 1000));
  const message = 'Too many failed attempts to be this client. Wait before you try again.';
  throw new RegistryError('rate_limited', message, { retryAfterSeconds });
}

/** Counts a failed authentication. */
export async function noteFailure(clientId: string, network: string): Promise<void> {
  const { key, ...limit } = failureBudget(clientId, network);
  await takeUnscaled(database(), key, limit);
}

/** The secret that a client sent, in the Basic header or in the body. */
export function secretIn(parameters: URLSearchParams, authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic (\S+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return parameters.get('client_secret') ?? undefined;
  const [, secret] = /:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return secret;
}

/**
 * If a wrong secret is an ended one of the client, names it in the noted refusal, so that the owner knows which one to replace. The query
 * runs whether or not the client exists, so that the time reveals nothing.
 */
export async function nameEndedSecret(
  { answer, refused, clients, clientId }: RequestState,
  secret: string | undefined,
): Promise<void> {
  const id = clients.get(clientId ?? '')?.clientId ?? clientId;
  if (answer?.status !== 401 || secret === undefined || id === undefined || !isUuid(id)) return;
  const ended = await selectEndedSecret(database(), { clientId: id, hashes: hashesWithEveryPepper(secret) });
  if (ended && refused?.reason === 'secret_wrong')
    Object.assign(refused, { reason: 'secret_ended', asked: `${ended.name} …${ended.lastFour}` });
}
