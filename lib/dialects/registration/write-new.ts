import type { Client } from '#lib/clients/rules';
import { writeOne } from './write-one.ts';

type Made = Parameters<typeof writeOne>[1] & { secret?: string | undefined; droppedScopes: readonly string[] };

/** What a registration made: a secret, the only time it can be read, always with its end (0: none); and scopes it did not get. */
export function writeNew(client: Client, { secret, droppedScopes, ...address }: Made) {
  return {
    ...writeOne(client, address),
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    ...(droppedScopes.length > 0 && { dropped_scopes: droppedScopes }),
  };
}
