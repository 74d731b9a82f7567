import { selectEndedSecret } from '#db/queries/secrets';
import { everyHash } from '../credentials/index.ts';
import { database } from '../database.ts';
import { isUuid } from '../uuid.ts';
import type { Exchange } from './exchange.ts';

/** The secret that a client sent, by Basic or in the body. */
export function secretIn(parameters: URLSearchParams, authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic (\S+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return parameters.get('client_secret') ?? undefined;
  const [, secret] = /:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return secret;
}

/**
 * Where a wrong secret is one that the client had: says which, so that its owner knows what to replace. It is looked for whether or not
 * there is such a client, so that the time tells nobody.
 */
export async function nameEndedSecret(
  { answer, refused, clients, clientId }: Exchange,
  secret: string | undefined,
): Promise<void> {
  const id = clients.get(clientId ?? '')?.clientId ?? clientId;
  if (answer?.status !== 401 || secret === undefined || id === undefined || !isUuid(id)) return;
  const ended = await selectEndedSecret(database(), { clientId: id, hashes: everyHash(secret) });
  if (ended && refused?.reason === 'secret_wrong')
    Object.assign(refused, { reason: 'secret_ended', asked: `${ended.name} …${ended.lastFour}` });
}
