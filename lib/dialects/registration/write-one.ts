import type { Client } from '#lib/clients/rules';
import { writeTagged } from './fields.ts';
import { writeMembers } from './members.ts';

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
