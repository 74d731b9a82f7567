import { type ClientName, selectClientToAuthenticate } from '#db/queries/client-credentials';
import { isClientId } from '#lib/clients/index';
import { authMethods, isInstalled, redirectUriMatches } from '#lib/clients/rules';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { isMetadataUrl } from '#lib/metadata-documents/rules';
import { offersOf } from '#lib/resources/index';
import { effectiveScopes } from '#lib/scopes/index';
import { currentRequest, currentRequestIfAny, type RegisteredClient } from '../request-state.ts';
import { failureBudget } from './failures.ts';

/** Reads a client from the registry, once per request; undefined if it does not exist or is not active. */
export async function findRegisteredClient(named: string): Promise<RegisteredClient | undefined> {
  // Some programs write UUIDs in capitals.
  const protocolId = isClientId(named) ? named.toLowerCase() : named;
  const id = readProtocolId(protocolId);
  if (!id) return undefined;
  const current = currentRequest();
  current.clientId ??= protocolId;
  const known = current.clients.get(protocolId);
  if (known) return known;
  const failures = failureBudget(protocolId, current.network);
  const row = await selectClientToAuthenticate(database(), { id, now: new Date(), failures });
  if (!row || !authMethods.some((method) => method === row.tokenEndpointAuthMethod)) return undefined;
  const scopes = await effectiveScopes(database(), row.scopes);
  const client = { ...row, scopes, registeredScopes: row.scopes, offers: await offersOf(database(), scopes) };
  current.clients.set(client.protocolId, client);
  return client;
}

/** Reads a protocol id: a client id, or the URL of a metadata document; undefined for anything else. */
export function readProtocolId(protocolId: string): ClientName | undefined {
  if (isClientId(protocolId)) return { clientId: protocolId };
  return env().metadataDocuments && isMetadataUrl(protocolId) ? { metadataUrl: protocolId } : undefined;
}

/** A client that this request has looked up, by protocol id. */
export function clientOf(protocolId: string): RegisteredClient {
  const client = currentRequest().clients.get(protocolId);
  if (!client) throw new Error('this client was not looked up');
  return client;
}

/** The client id of a client that this request has looked up by its protocol id; otherwise the protocol id. */
export const registryIdOf = (protocolId: string): string =>
  currentRequestIfAny()?.clients.get(protocolId)?.clientId ?? protocolId;

/** Rule R10: whether a client that was looked up may be answered at `uri`. */
export const isRedirectOf = (protocolId: string, uri: unknown): boolean =>
  typeof uri === 'string' && isRegisteredRedirect(clientOf(protocolId), uri);

/** Rule R10: whether the client may be answered at `uri`. */
export const isRegisteredRedirect = ({ redirectUris, applicationType }: RegisteredClient, uri: string): boolean =>
  redirectUris.some((one) => redirectUriMatches(one, uri, { applicationType }));

/** Whether the registry itself makes this request on behalf of the client. */
export const isVouched = ({ protocolId }: RegisteredClient): boolean =>
  currentRequest().vouched?.protocolId === protocolId;

/** The client comes without a secret: it is a public one, or may come as one (`secretOptional`) and does. */
export const isPublic = ({ tokenEndpointAuthMethod, secretOptional }: RegisteredClient): boolean =>
  tokenEndpointAuthMethod === 'none' || (secretOptional && currentRequest().withoutCredential);

/** What is known by its secret alone may be somebody else: nobody showed one, or it lies on people's devices (RFC 8252 §8.5). */
export const countsAsPublic = (client: RegisteredClient): boolean => isPublic(client) || isInstalled(client);
