import { type LocalizedTexts, type NewClient, readMetadata, readScopeString, refusal } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { replaceMembers } from '#lib/registrations/rules';
import { domainNames, hintsOf, readTagged } from './fields.ts';

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
