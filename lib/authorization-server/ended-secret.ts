import { selectEndedSecret } from '#db/queries/secrets';
import { everyHash } from '../credentials/index.ts';
import { database } from '../database.ts';
import type { Exchange } from './exchange.ts';

/** The secret that a client sent, by Basic or in the body. */
export function secretIn(parameters: URLSearchParams, authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic (\S+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return parameters.get('client_secret') ?? undefined;
  const [, secret] = /:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return secret;
}

/** Where a wrong secret is one that the client had: says which, so that its owner knows what to replace. */
export async function nameEndedSecret(
  { refused, clients, clientId }: Exchange,
  secret: string | undefined,
): Promise<void> {
  const client = clients.get(clientId ?? '');
  if (refused?.reason !== 'secret_wrong' || secret === undefined || !client) return;
  const of = { clientId: client.clientId, hashes: everyHash(secret) };
  const ended = await selectEndedSecret(database(), of);
  if (ended) Object.assign(refused, { reason: 'secret_ended', asked: `${ended.name} …${ended.lastFour}` });
}
