import type { Client } from '#lib/clients/rules';
import { writeLogo } from './logo.ts';
import { type ToldToAnyone, writeMembers } from './members.ts';
import { writeMethods } from './write-one.ts';

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
