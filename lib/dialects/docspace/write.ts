import type { Client } from '#lib/clients/rules';
import type { OwnGrant } from '#lib/grants/index';
import { type PublicFields, writeMembers } from './members.ts';

/** The data of an answer besides the client: its organization's number, its logo as PNG, and its secret if the caller may read it. */
export type Known = { tenant: number; logo: Uint8Array | undefined; secret?: string | undefined };

/** Writes a client for its own organization. `client_secret` is omitted if there is no readable secret. */
export function writeOne(client: Client, { tenant, logo, secret }: Known) {
  return {
    name: client.name,
    client_id: client.clientId,
    ...(secret !== undefined && { client_secret: secret }),
    ...writeMembers(client, 'owner'),
    logo: writeLogo(logo),
    authentication_methods: writeMethods(client),
    tenant,
    created_on: client.createdAt.toISOString(),
    created_by: client.createdBy,
    modified_on: client.updatedAt.toISOString(),
    modified_by: client.updatedBy,
    enabled: client.status === 'active',
  };
}

/** `allow_pkce` adds the method `none` to the method with the secret. */
export function writeMethods(client: Pick<Client, 'secretOptional'> & { tokenEndpointAuthMethod: string }): string[] {
  const { tokenEndpointAuthMethod, secretOptional } = client;
  return secretOptional ? [tokenEndpointAuthMethod, 'none'] : [tokenEndpointAuthMethod];
}

/** Writes the re-encoded PNG of a logo as a data URI, or null. */
export function writeLogo(png: Uint8Array | undefined): string | null {
  return png ? `data:image/png;base64,${Buffer.from(png).toString('base64')}` : null;
}

/** The input of `writeInfo`. For strangers it has no ids of people. */
type Described = Pick<Client, PublicFields | 'clientId' | 'name' | 'secretOptional' | 'createdAt' | 'updatedAt'> & {
  tokenEndpointAuthMethod: string;
  createdBy?: string | null;
  updatedBy?: string | null;
};

/** Writes a client without secret, redirect URIs, origins, tenant and state; the same shape for its organization and for anyone. */
export function writeInfo(client: Described, logo: Uint8Array | undefined) {
  return {
    name: client.name,
    client_id: client.clientId,
    ...writeMembers(client, 'anyone'),
    logo: writeLogo(logo),
    authentication_methods: writeMethods(client),
    created_on: client.createdAt.toISOString(),
    created_by: client.createdBy ?? null,
    modified_on: client.updatedAt.toISOString(),
    modified_by: client.updatedBy ?? null,
  };
}

/** Writes the response to a creation: the client with its secret. */
export function writeNew(client: Client, known: Known & { secret: string | undefined }) {
  return writeOne(client, known);
}

/** Writes the response to a regeneration. */
export function writeNewSecret(secret: string | undefined) {
  return { client_secret: secret };
}

type Item = { client_id: string; created_on: string };

/**
 * Writes a page: the last row's id and time if more rows follow, otherwise null. `response` repeats the items with an `id`, because
 * this API's published examples expect it.
 */
export function writeList(items: readonly Item[], { limit, more }: { limit: number; more: boolean }) {
  const last = more ? items.at(-1) : undefined;
  return {
    data: items,
    last_client_id: last?.client_id ?? null,
    last_created_on: last?.created_on ?? null,
    limit,
    response: items.map((item) => ({ id: item.client_id, ...item })),
  };
}

type DescribedScope = { name: string; group: string; access: 'read' | 'write' | 'identity' };

/** Writes the catalogue of scopes; this API's type for identity scopes is `openid`. */
export function writeScopes(scopes: readonly DescribedScope[]) {
  return scopes.map(({ name, group, access }) => ({ name, group, type: access === 'identity' ? 'openid' : access }));
}

type Page = { limit: number; more: boolean; logoOf: (client: OwnGrant['client']) => Uint8Array | undefined };

/** Writes a page of the caller's grants; the scopes are one text, as the vendor's server sends them. */
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
