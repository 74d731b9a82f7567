import { type LocalizedTexts, type NewClient, readMetadata, readScopeString, refusal } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { domainNames, readTagged } from './fields.ts';

export type ReadNew = { metadata: NewClient; issues: Issue[] };

/**
 * The metadata of a registration, and an issue for each member that has not its type. Unknown members are ignored (rule M1)
 * and null is as good as nothing (RFC 7592 §2.2); a `client_id` that is asked for is one of those (rule M24).
 */
export function readNew(body: object): ReadNew {
  const members: Record<string, unknown> = {};
  const issues: Issue[] = [];
  const languages = new Map<string, LocalizedTexts>();
  for (const [key, value] of Object.entries(body)) {
    if (value === null) continue;
    const name = domainNames.get(key);
    const tagged = readTagged(key);
    if (name !== undefined) members[name] = value;
    else if (tagged && typeof value === 'string')
      languages.set(tagged.tag, { ...languages.get(tagged.tag), [tagged.member]: value });
    else if (tagged) issues.push(refusal(`localized.${tagged.tag}.${tagged.member}`, 'M12', 'Send a text.'));
  }
  if (languages.size > 0) members.localized = Object.fromEntries(languages);
  readScope(members, issues);
  readType(members, issues);
  const read = readMetadata(members, 'ignored');
  const { name = nameFor(read.metadata), ...metadata } = read.metadata;
  return { metadata: { name, ...metadata }, issues: [...issues, ...read.issues] };
}

/** RFC 7591 §2: one text with spaces between the scopes. */
function readScope(members: Record<string, unknown>, issues: Issue[]): void {
  if (members.scopes === undefined) return;
  if (typeof members.scopes === 'string') members.scopes = readScopeString(members.scopes);
  else {
    delete members.scopes;
    issues.push(refusal('scopes', 'M16', 'Send one text with spaces between the scopes.'));
  }
}

/** OpenID Connect knows two types. `web` is its default, so it says nothing about a client that redirects nowhere. */
function readType(members: Record<string, unknown>, issues: Issue[]): void {
  const { applicationType, redirectUris } = members;
  if (applicationType === undefined) return;
  const nowhere = !Array.isArray(redirectUris) || redirectUris.length === 0;
  if (applicationType !== 'web' && applicationType !== 'native')
    issues.push(refusal('applicationType', 'M2', 'Choose web or native.'));
  if ((applicationType !== 'web' && applicationType !== 'native') || nowhere) delete members.applicationType;
}

/** RFC 7591 §2 lets a client come without a name; people are then shown where it leads. */
function nameFor({ clientUri, redirectUris = [] }: Partial<NewClient>): string {
  const hosts = [clientUri ?? '', ...redirectUris].flatMap((uri) => /^https:\/\/([\w.-]+)/i.exec(uri)?.[1] ?? []);
  return hosts[0]?.slice(0, 256) ?? 'Unnamed client';
}
