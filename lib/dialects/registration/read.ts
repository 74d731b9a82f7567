import {
  type Client,
  type LocalizedTexts,
  type NewClient,
  readMetadata,
  readScopeString,
  refusal,
} from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { replaceMembers } from '#lib/registrations/rules';
import { domainNames, hintsOf, readTagged } from './wire.ts';
import { type Address, writeOne } from './write.ts';

export type ReadNew = {
  metadata: NewClient;
  issues: Issue[];
  /** What was put in place of what was asked for. */
  replaced: Issue[];
  /** What was ignored and is called otherwise here. */
  hints: Issue[];
};

/**
 * The metadata of a registration, and an issue for each member that has not its type. Unknown members are ignored (rule M1); null and
 * what is empty count as left out (RFC 7592 §2.2); a `client_id` that is asked for is ignored as well (rule M24). `sharedSecrets`: the
 * client may be given a secret.
 */
export function readNew(body: object, { sharedSecrets = true } = {}): ReadNew {
  const asked = new Map<string, unknown>();
  const issues: Issue[] = [];
  const languages = new Map<string, LocalizedTexts>();
  for (const [key, value] of Object.entries(body)) {
    if (value === null || value === '') continue;
    const name = domainNames.get(key);
    const tagged = readTagged(key);
    if (name !== undefined) asked.set(name, value);
    else if (tagged && typeof value === 'string')
      languages.set(tagged.tag, { ...languages.get(tagged.tag), [tagged.member]: value });
    else if (tagged) issues.push(refusal(`localized.${tagged.tag}.${tagged.member}`, 'M12', 'Send a text.'));
  }
  if (languages.size > 0) asked.set('localized', Object.fromEntries(languages));
  readScope(asked, issues);
  const { members, replaced, issues: unchosen } = replaceMembers(asked, { sharedSecrets });
  readType(members, issues);
  const read = readMetadata(Object.fromEntries(members), 'ignored');
  const { name = nameFor(read.metadata), ...metadata } = read.metadata;
  return {
    metadata: { name, ...metadata },
    issues: [...issues, ...unchosen, ...read.issues],
    replaced,
    hints: hintsOf(body),
  };
}

/** RFC 7591 §2: one text with spaces between the scopes. */
function readScope(members: Map<string, unknown>, issues: Issue[]): void {
  const scopes = members.get('scopes');
  if (scopes === undefined) return;
  if (typeof scopes === 'string') members.set('scopes', readScopeString(scopes));
  else {
    members.delete('scopes');
    issues.push(refusal('scopes', 'M16', 'Send one text with spaces between the scopes.'));
  }
}

/** OpenID Connect knows two types. They say nothing about a client that redirects nowhere. */
function readType(members: Map<string, unknown>, issues: Issue[]): void {
  const applicationType = members.get('applicationType');
  if (applicationType !== undefined && typeof applicationType !== 'string')
    issues.push(refusal('applicationType', 'M2', 'Choose web or native.'));
  if (typeof applicationType !== 'string' || !members.has('redirectUris')) members.delete('applicationType');
}

/** RFC 7591 §2 lets a client come without a name; people are then shown where it leads. */
function nameFor({ clientUri, redirectUris = [] }: Partial<NewClient>): string {
  const hosts = [clientUri ?? '', ...redirectUris].flatMap((uri) => /^https:\/\/([\w.-]+)/i.exec(uri)?.[1] ?? []);
  return hosts[0]?.slice(0, 256) ?? 'Unnamed client';
}

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
