import type { Client } from '#lib/clients/rules';
import { writeOne } from './write-one.ts';

/** The answer to a creation: the client with its secret, null for a public one. */
export function writeNew(client: Client, secret: string | undefined) {
  return { data: { ...writeOne(client), client_secret: secret ?? null } };
}
