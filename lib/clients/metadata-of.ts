import type { Client, ClientMetadata } from './client.ts';

/** What its developer decided about a client, without what the registry adds to it. */
export function metadataOf(client: Client & { may?: unknown }): ClientMetadata {
  const {
    clientId: _id,
    number: _number,
    organizationId: _organization,
    productId: _product,
    provenance: _provenance,
    status: _status,
    reviewState: _review,
    verified: _verified,
    selfRegistered: _selfRegistered,
    logoHash: _logo,
    logoFetchedFrom: _fetched,
    metadataUrl: _url,
    version: _version,
    createdBy: _by,
    createdByClient: _program,
    firstParty: _own,
    updatedBy: _updater,
    createdAt: _created,
    updatedAt: _updated,
    lastUsedAt: _used,
    may: _may,
    ...metadata
  } = client;
  return metadata;
}
