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
  /** Values that replace the requested ones. */
  replaced: Issue[];
  /** Ignored members that have another name here. */
  hints: Issue[];
};

/**
 * Reads the metadata of a registration, with an issue for each member of a wrong type. Unknown members are ignored (rule M1). Null and
 * empty values count as missing (RFC 7592 §2.2). A requested `client_id` is ignored (rule M24). `sharedSecrets`: the client may get a
 * secret.
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

/** RFC 7591 §2: scopes are one space-separated text. */
function readScope(members: Map<string, unknown>, issues: Issue[]): void {
  const scopes = members.get('scopes');
  if (scopes === undefined) return;
  if (typeof scopes === 'string') members.set('scopes', readScopeString(scopes));
  else {
    members.delete('scopes');
    issues.push(refusal('scopes', 'M16', 'Send one text with spaces between the scopes.'));
  }
}

/** OpenID Connect defines two types. They do not apply to a client without redirects. */
function readType(members: Map<string, unknown>, issues: Issue[]): void {
  const applicationType = members.get('applicationType');
  if (applicationType !== undefined && typeof applicationType !== 'string')
    issues.push(refusal('applicationType', 'M2', 'Choose web or native.'));
  if (typeof applicationType !== 'string' || !members.has('redirectUris')) members.delete('applicationType');
}

/** RFC 7591 §2: the name is optional. The default is the host that the client redirects to. */
function nameFor({ clientUri, redirectUris = [] }: Partial<NewClient>): string {
  const hosts = [clientUri ?? '', ...redirectUris].flatMap((uri) => /^https:\/\/([\w.-]+)/i.exec(uri)?.[1] ?? []);
  return hosts[0]?.slice(0, 256) ?? 'Unnamed client';
}

/** Members that only the server sets. */
const setByServer = [
  'registration_access_token',
  'registration_client_uri',
  'client_id_issued_at',
  'client_secret_expires_at',
];

/**
 * Reads a registration that replaces another (RFC 7592 §2.2), and the secret sent with it (rule P6). Programs send back the response
 * that they received, so members that only the server sets are accepted with their current value and refused with another one.
 */
export function readReplacement(body: object, client: Client, address: Address): ReadNew & { secret: string | null } {
  const { metadata, issues, ...read } = readNew(body);
  const sent = new Map<string, unknown>(Object.entries(body));
  const current = new Map<string, unknown>(Object.entries(writeOne(client, address))).set(
    'client_secret_expires_at',
    0,
  );
  if (sent.get('client_id') !== client.clientId)
    issues.push(refusal('client_id', 'P6', 'Send the client_id of this registration.'));
  for (const member of setByServer)
    if (sent.has(member) && sent.get(member) !== current.get(member))
      issues.push(refusal(member, 'P6', 'Leave it out: only the server sets it.'));
  const secret = sent.get('client_secret') ?? null;
  // The protocol has no type for a browser app; if the organization set this type, keep it.
  const inBrowser = client.applicationType === 'spa' && metadata.applicationType === 'web';
  if (inBrowser && metadata.tokenEndpointAuthMethod === 'none') metadata.applicationType = 'spa';
  return { metadata, issues, ...read, secret: typeof secret === 'string' || secret === null ? secret : '' };
}
