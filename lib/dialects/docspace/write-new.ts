import type { Client } from '#lib/clients/rules';
import { type Known, writeOne } from './write-one.ts';

/** The answer to a creation: the client with its secret. */
export function writeNew(client: Client, known: Known & { secret: string | undefined }) {
  return writeOne(client, known);
}

/** The answer to a regeneration. */
export function writeNewSecret(secret: string | undefined) {
  return { client_secret: secret };
}
