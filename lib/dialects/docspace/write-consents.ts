import type { OwnGrant } from '#lib/grants/index';
import { writeInfo } from './write-info.ts';

type Page = { limit: number; more: boolean; logoOf: (client: OwnGrant['client']) => Uint8Array | undefined };

/** A page of what the caller allowed; the scopes are one text, as this API's server sends them. */
export function writeConsents(grants: readonly OwnGrant[], { limit, more, logoOf }: Page) {
  return {
    data: grants.map(({ clientId, scopes, updatedAt, client }) => ({
      registered_client_id: clientId,
      scopes: scopes.join(' '),
      modified_at: updatedAt.toISOString(),
      client: writeInfo(client, logoOf(client)),
    })),
    limit,
    last_modified_on: more ? (grants.at(-1)?.updatedAt.toISOString() ?? null) : null,
  };
}
