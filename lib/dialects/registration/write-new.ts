import type { Client } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { wireNameOf } from './fields.ts';
import { writeOne } from './write-one.ts';

type Made = Parameters<typeof writeOne>[1] & {
  secret?: string | undefined;
  droppedScopes: readonly string[];
  replaced: readonly Issue[];
};

/** What a registration made: a secret, the only time it can be read, always with its end (0: none); scopes it did not get, and what was put in place of what was asked for. */
export function writeNew(client: Client, { secret, droppedScopes, replaced, ...address }: Made) {
  return {
    ...writeOne(client, address),
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    ...(droppedScopes.length > 0 && { dropped_scopes: droppedScopes }),
    ...(replaced.length > 0 && { warnings: replaced.map(writeWarning) }),
  };
}

const writeWarning = ({ field, rule, message }: Issue) => ({ field: wireNameOf(field), rule, message });
