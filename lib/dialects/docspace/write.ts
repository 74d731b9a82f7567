import type { Client } from '#lib/clients/rules';
import type { OwnGrant } from '#lib/grants/index';
import { type ToldToAnyone, writeMembers } from './members.ts';

/** What an answer needs besides the client: its organization's number, its logo as PNG, and its secret where it is told. */
export type Known = { tenant: number; logo: Uint8Array | undefined; secret?: string | undefined };

/** A client as its own people see it. `client_secret` is left out when there is none to tell. */
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

/** `allow_pkce` shows as the method `none` beside the one that uses the secret. */
export function writeMethods(client: Pick<Client, 'secretOptional'> & { tokenEndpointAuthMethod: string }): string[] {
  const { tokenEndpointAuthMethod, secretOptional } = client;
  return secretOptional ? [tokenEndpointAuthMethod, 'none'] : [tokenEndpointAuthMethod];
}

/** Our own PNG of a logo as a data URI, or null. */
export function writeLogo(png: Uint8Array | undefined): string | null {
  return png ? `data:image/png;base64,${Buffer.from(png).toString('base64')}` : null;
}

/** What the information about a client is made of; strangers get no people's ids. */
type Described = Pick<Client, ToldToAnyone | 'clientId' | 'name' | 'secretOptional' | 'createdAt' | 'updatedAt'> & {
  tokenEndpointAuthMethod: string;
  createdBy?: string | null;
  updatedBy?: string | null;
};

/** A client without secret, redirect URIs, origins, tenant and state; the same shape for its people and for anyone. */
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

/** The answer to a creation: the client with its secret. */
export function writeNew(client: Client, known: Known & { secret: string | undefined }) {
  return writeOne(client, known);
}

/** The answer to a regeneration. */
export function writeNewSecret(secret: string | undefined) {
  return { client_secret: secret };
}

type Item = { client_id: string; created_on: string };

/**
 * A page: the last row's id and time when more follow, else null. `response` repeats the items with an `id`, as this
 * API's published examples expect them.
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

/** The catalogue of scopes; this API calls what identifies a person `openid`. */
export function writeScopes(scopes: readonly DescribedScope[]) {
  return scopes.map(({ name, group, access }) => ({ name, group, type: access === 'identity' ? 'openid' : access }));
}

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
