import type { Client } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { writeMembers } from './members.ts';
import { writeIssue, writeTagged } from './wire.ts';

export type Address = {
  /** The URL of the client configuration endpoint. */
  uri: string;
  /** The registration access token: the one that was sent or created; every response repeats it. */
  accessToken: string;
  softwareStatement: string | null;
};

/** Writes all registered metadata (RFC 7591 §3.2.1), including replaced values, without the secret. */
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

/** Writes the response to a registration: the secret, readable only here, with its expiry (0: none); dropped scopes, replaced values and findings. */
export function writeNew(client: Client, { secret, droppedScopes, replaced, findings, ...address }: Made) {
  const warnings = [...replaced, ...findings];
  return {
    ...writeOne(client, address),
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    ...(droppedScopes.length > 0 && { dropped_scopes: droppedScopes }),
    ...(warnings.length > 0 && { warnings: warnings.map(writeIssue) }),
  };
}
