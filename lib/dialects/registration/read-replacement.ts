import { type Client, refusal } from '#lib/clients/rules';
import { type ReadNew, readNew } from './read-new.ts';
import { type Address, writeOne } from './write-one.ts';

/** Only the server sets them. */
const ours = [
  'registration_access_token',
  'registration_client_uri',
  'client_id_issued_at',
  'client_secret_expires_at',
];

/**
 * The whole of a registration that replaces another (RFC 7592 §2.2), and the secret that was sent with it (rule P6). Programs send back
 * what they were told, so that is accepted; only another value of what the server sets is refused.
 */
export function readReplacement(body: object, client: Client, address: Address): ReadNew & { secret: string | null } {
  const { metadata, issues, ...read } = readNew(body);
  const sent = new Map<string, unknown>(Object.entries(body));
  const told = new Map<string, unknown>(Object.entries(writeOne(client, address))).set('client_secret_expires_at', 0);
  if (sent.get('client_id') !== client.clientId)
    issues.push(refusal('client_id', 'P6', 'Send the client_id of this registration.'));
  for (const member of ours)
    if (sent.has(member) && sent.get(member) !== told.get(member))
      issues.push(refusal(member, 'P6', 'Leave it out: only the server sets it.'));
  const secret = sent.get('client_secret') ?? null;
  // The wire has no word for an app that runs in a browser, which its organization may have made of it.
  const inBrowser = client.applicationType === 'spa' && metadata.applicationType === 'web';
  if (inBrowser && metadata.tokenEndpointAuthMethod === 'none') metadata.applicationType = 'spa';
  return { metadata, issues, ...read, secret: typeof secret === 'string' || secret === null ? secret : '' };
}
