import { database } from '#lib/kernel/database';
import { describeResources, type ResourceOffer, registryResource } from '#lib/resources/index';
import { canonicalUri, isRegistryUri } from '#lib/resources/rules';
import { currentRequest } from '../request-state.ts';

/** The resources with these URIs, by the URI as requested; unknown URIs are omitted. Each is read once per request. */
export async function findTargets(uris: readonly string[]): Promise<ReadonlyMap<string, ResourceOffer>> {
  const current = currentRequest();
  const unknown = uris.filter((uri) => !knownTarget(uri));
  if (unknown.length > 0) {
    const read = await describeResources(database(), unknown);
    current.targets = new Map([...(current.targets ?? []), ...read]);
  }
  return new Map(uris.flatMap((uri) => [[uri, knownTarget(uri)] as const]).filter(isFound));
}

const isFound = (pair: readonly [string, ResourceOffer | undefined]): pair is [string, ResourceOffer] =>
  pair[1] !== undefined;

/** A resource that this request has read, by itself or with the scopes of a client. */
function knownTarget(uri: string): ResourceOffer | undefined {
  if (isRegistryUri(uri)) return registryResource();
  const { targets, clients } = currentRequest();
  const offers = [...clients.values()].flatMap((client) => client.offers);
  const meaning = canonicalUri(uri);
  const same = [...(targets?.values() ?? []), ...offers].filter((one) => canonicalUri(one.uri) === meaning);
  return same.find((one) => one.uri === uri) ?? same[0];
}

/** The URI as stored in the catalogue; unchanged if this request has not read the resource. */
export const catalogueUri = (uri: string): string => knownTarget(uri)?.uri ?? uri;

/**
 * Replaces each URI in `resource` (RFC 8707) by its spelling in the catalogue and removes duplicates. Unknown URIs stay unchanged;
 * `getResourceServerInfo` refuses them.
 */
export async function useCatalogueUris(asked: Record<string, unknown>): Promise<void> {
  const uris = [asked.resource ?? []].flat().filter((uri) => typeof uri === 'string');
  if (uris.length === 0) return;
  const found = await findTargets(uris);
  const [first, ...more] = new Set(uris.map((uri) => found.get(uri)?.uri ?? uri));
  asked.resource = more.length === 0 ? first : [first, ...more];
}
