import type { Client } from '#lib/clients/rules';
import { writeLogo } from './logo.ts';
import { writeMembers } from './members.ts';

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
