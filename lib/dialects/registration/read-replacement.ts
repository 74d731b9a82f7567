import { refusal } from '#lib/clients/rules';
import { type ReadNew, readNew } from './read-new.ts';

const ours = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

/** The whole of a registration that replaces another (RFC 7592 §2.2), and the secret that was sent with it (rule P6). */
export function readReplacement(body: object, clientId: string): ReadNew & { secret: string | null } {
  const { metadata, issues } = readNew(body);
  const sent = new Map<string, unknown>(Object.entries(body));
  if (sent.get('client_id') !== clientId)
    issues.push(refusal('client_id', 'P6', 'Send the client_id of this registration.'));
  for (const member of ours)
    if (sent.has(member)) issues.push(refusal(member, 'P6', 'Leave it out: only the server sets it.'));
  const secret = sent.get('client_secret') ?? null;
  return { metadata, issues, secret: typeof secret === 'string' || secret === null ? secret : '' };
}
