import type { Client } from '#lib/clients/rules';
import { writeOne } from './write-one.ts';

/** The answer to a creation: the client with its secret, where it has one. */
export function writeNew(client: Client, secret: string | undefined) {
  return { result: { ...writeOne(client), ...(secret !== undefined && { client_secret: secret }) } };
}

/** The answer to a rotation. */
export function writeNewSecret(secret: string | undefined) {
  return { result: { client_secret: secret } };
}
