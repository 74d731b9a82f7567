import { selectClientToAuthenticate } from '#db/queries/client-credentials';
import { isClientId } from '../clients/index.ts';
import { database } from '../database.ts';
import { exchange } from './exchange.ts';
import { failureBudget } from './failures.ts';

export type RegisteredClient = NonNullable<Awaited<ReturnType<typeof selectClientToAuthenticate>>>;

/** The ways to authenticate that work here. */
export const authMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;

/** The grants that work here. */
export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const;

/** The client as the registry has it now, if it is active and can authenticate here; the exchange remembers it. */
export async function findRegisteredClient(clientId: string): Promise<RegisteredClient | undefined> {
  if (!isClientId(clientId)) return undefined;
  const current = exchange();
  current.clientId ??= clientId;
  const known = current.clients.get(clientId);
  if (known) return known;
  const failures = failureBudget(clientId, current.network);
  const client = await selectClientToAuthenticate(database(), { clientId, now: new Date(), failures });
  if (!client || !authMethods.some((method) => method === client.tokenEndpointAuthMethod)) return undefined;
  current.clients.set(client.clientId, client);
  return client;
}

/** A client that this exchange has looked up. */
export function clientOf(clientId: string): RegisteredClient {
  const client = exchange().clients.get(clientId);
  if (!client) throw new Error('a client was used that nobody looked up');
  return client;
}

/** The client comes without a secret: it is a public one, or may come as one (`secretOptional`) and does. */
export const isPublic = ({ tokenEndpointAuthMethod, secretOptional }: RegisteredClient): boolean =>
  tokenEndpointAuthMethod === 'none' || (secretOptional && exchange().withoutCredential);
