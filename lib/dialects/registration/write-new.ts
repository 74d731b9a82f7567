import type { Client } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { writeIssue } from './fields.ts';
import { writeOne } from './write-one.ts';

type Made = Parameters<typeof writeOne>[1] & {
  secret?: string | undefined;
  droppedScopes: readonly string[];
  replaced: readonly Issue[];
  findings: readonly Issue[];
};

/** What a registration made: a secret, the only time it can be read, always with its end (0: none); scopes it did not get, what was put in place of what was asked for, and what should be looked at. */
export function writeNew(client: Client, { secret, droppedScopes, replaced, findings, ...address }: Made) {
  const warnings = [...replaced, ...findings];
  return {
    ...writeOne(client, address),
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    ...(droppedScopes.length > 0 && { dropped_scopes: droppedScopes }),
    ...(warnings.length > 0 && { warnings: warnings.map(writeIssue) }),
  };
}
