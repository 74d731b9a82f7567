import { type ClientName, selectClientToAuthenticate } from '#db/queries/client-credentials';
import { isClientId } from '#lib/clients/index';
import { isInstalled, redirectUriMatches } from '#lib/clients/rules';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { isMetadataUrl } from '#lib/metadata-documents/rules';
import { exchange, exchangeIfAny, type RegisteredClient } from '../exchange.ts';
import { failureBudget } from './failures.ts';

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
export async function findRegisteredClient(named: string): Promise<RegisteredClient | undefined> {
  // Some programs write UUIDs in capitals.
  const protocolId = isClientId(named) ? named.toLowerCase() : named;
  const id = readProtocolId(protocolId);
  if (!id) return undefined;
  const current = exchange();
  current.clientId ??= protocolId;
  const known = current.clients.get(protocolId);
  if (known) return known;
  const failures = failureBudget(protocolId, current.network);
  const client = await selectClientToAuthenticate(database(), { id, now: new Date(), failures });
  if (!client || !authMethods.some((method) => method === client.tokenEndpointAuthMethod)) return undefined;
  current.clients.set(client.protocolId, client);
  return client;
}

/** How a client is found that goes by `protocolId`: by the id that the registry gave it, or by the address where it describes itself. */
export function readProtocolId(protocolId: string): ClientName | undefined {
  if (isClientId(protocolId)) return { clientId: protocolId };
  return env().metadataDocuments && isMetadataUrl(protocolId) ? { metadataUrl: protocolId } : undefined;
}

/** A client that this exchange has looked up, by the id that oidc-provider knows it by. */
export function clientOf(protocolId: string): RegisteredClient {
  const client = exchange().clients.get(protocolId);
  if (!client) throw new Error('a client was used that nobody looked up');
  return client;
}

/** The registry's id of a client by the one that oidc-provider knows it by: the same, unless it describes itself. */
export const registryIdOf = (protocolId: string): string =>
  exchangeIfAny()?.clients.get(protocolId)?.clientId ?? protocolId;

/** Rule R10: whether an answer may lead there. */
export const isRegisteredRedirect = ({ redirectUris, applicationType }: RegisteredClient, uri: string): boolean =>
  redirectUris.some((one) => redirectUriMatches(one, uri, { applicationType }));

/** The registry itself answers for the client in this request. */
export const isVouched = ({ protocolId }: RegisteredClient): boolean => exchange().vouched?.protocolId === protocolId;

/** The client comes without a secret: it is a public one, or may come as one (`secretOptional`) and does. */
export const isPublic = ({ tokenEndpointAuthMethod, secretOptional }: RegisteredClient): boolean =>
  tokenEndpointAuthMethod === 'none' || (secretOptional && exchange().withoutCredential);

/** What is known by its secret alone may be somebody else: nobody showed one, or it lies on people's devices (RFC 8252 §8.5). */
export const countsAsPublic = (client: RegisteredClient): boolean => isPublic(client) || isInstalled(client);
