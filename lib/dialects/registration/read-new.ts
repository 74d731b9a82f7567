import { type LocalizedTexts, type NewClient, readMetadata, readScopeString, refusal } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { domainNames, readTagged } from './fields.ts';

export type ReadNew = { metadata: NewClient; issues: Issue[] };

/**
 * The metadata of a registration, and an issue for each member that has not its type. Unknown members are ignored (rule M1)
 * and null is as good as nothing (RFC 7592 §2.2); a `client_id` that is asked for is one of those (rule M24).
 */
export function readNew(body: object): ReadNew {
  const members = new Map<string, unknown>();
  const issues: Issue[] = [];
  const languages = new Map<string, LocalizedTexts>();
  for (const [key, value] of Object.entries(body)) {
    if (value === null) continue;
    const name = domainNames.get(key);
    const tagged = readTagged(key);
    if (name !== undefined) members.set(name, value);
    else if (tagged && typeof value === 'string')
      languages.set(tagged.tag, { ...languages.get(tagged.tag), [tagged.member]: value });
    else if (tagged) issues.push(refusal(`localized.${tagged.tag}.${tagged.member}`, 'M12', 'Send a text.'));
  }
  if (languages.size > 0) members.set('localized', Object.fromEntries(languages));
  readScope(members, issues);
  readType(members, issues);
  const read = readMetadata(Object.fromEntries(members), 'ignored');
  const { name = nameFor(read.metadata), ...metadata } = read.metadata;
  return { metadata: { name, ...metadata }, issues: [...issues, ...read.issues] };
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

/** OpenID Connect knows two types. `web` is its default, so it says nothing about a client that redirects nowhere. */
function readType(members: Map<string, unknown>, issues: Issue[]): void {
  const [applicationType, redirectUris] = ['applicationType', 'redirectUris'].map((name) => members.get(name));
  if (applicationType === undefined) return;
  const nowhere = !Array.isArray(redirectUris) || redirectUris.length === 0;
  if (applicationType !== 'web' && applicationType !== 'native')
    issues.push(refusal('applicationType', 'M2', 'Choose web or native.'));
  if ((applicationType !== 'web' && applicationType !== 'native') || nowhere) members.delete('applicationType');
}

/** RFC 7591 §2 lets a client come without a name; people are then shown where it leads. */
function nameFor({ clientUri, redirectUris = [] }: Partial<NewClient>): string {
  const hosts = [clientUri ?? '', ...redirectUris].flatMap((uri) => /^https:\/\/([\w.-]+)/i.exec(uri)?.[1] ?? []);
  return hosts[0]?.slice(0, 256) ?? 'Unnamed client';
}
