import type { Client } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { writeMembers } from './members.ts';
import { writeIssue, writeTagged } from './wire.ts';

export type Address = {
  /** Where this registration is managed. */
  uri: string;
  /** The token that was sent, or just made: a registration is always told its own. */
  accessToken: string;
  softwareStatement: string | null;
};

/** All that is registered (RFC 7591 §3.2.1), also what was put in place of what was asked for. Holds no secret. */
export function writeOne(client: Client, { uri, accessToken, softwareStatement }: Address) {
  return {
    client_id: client.clientId,
    client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
    registration_client_uri: uri,
    registration_access_token: accessToken,
    client_name: client.name,
    ...writeLocalized(client),
    ...(softwareStatement !== null && { software_statement: softwareStatement }),
    ...writeMembers(client),
  };
}

function writeLocalized({ localized }: Client): Record<string, string> {
  const texts = Object.entries(localized).flatMap(([tag, members]) =>
    Object.entries(members).map(([member, text]) => [writeTagged(member, tag), text] as const),
  );
  return Object.fromEntries(texts);
}

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
