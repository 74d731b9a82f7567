import type { Client } from '#lib/clients/rules';
import { type Known, writeOne } from './write-one.ts';

/** The answer to a creation and to an update: the client with its secret. */
export function writeNew(client: Client, known: Known) {
  return { ok: true, client: writeOne(client, known) };
}
