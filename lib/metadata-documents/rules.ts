import { createHash } from 'node:crypto';
import { hasDotSegment, isLoopbackHost, refusal, splitUri } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';

const lengthMax = 2048;

/** Rule C1: whether a client id is a valid URL of a metadata document. Client ids are compared as texts, so only the canonical form is valid. */
export const isMetadataUrl = (clientId: string): boolean =>
  /^https?:/i.test(clientId) && judgeMetadataUrl(clientId).length === 0;

/**
 * Rule C1: judges a client id that looks like a URL. It needs https and a path, and has no fragment, no user and no dot segments. A query is
 * allowed (the draft says SHOULD NOT), and a port is part of the id. For any other client id there are no issues.
 */
export function judgeMetadataUrl(clientId: string): Issue[] {
  if (!/^https?:/i.test(clientId)) return [];
  const fault = faultOf(clientId);
  return fault === undefined ? [] : [refusal('client_id', 'C1', fault)];
}

function faultOf(clientId: string): string | undefined {
  if (clientId.length > lengthMax) return `Shorten the URL to ${lengthMax} characters or fewer.`;
  if (!/^https:\/\//i.test(clientId)) return 'Publish the document under https: the client_id is its URL.';
  if (clientId.includes('#')) return 'Remove "#" and what follows from the URL.';
  if (!/^[\x21-\x7e]+$/.test(clientId) || clientId.includes('\\'))
    return 'Percent-encode spaces, backslashes and other characters that a URL cannot have.';
  const uri = splitUri(clientId);
  if (!uri?.host) return 'Write the URL with its host.';
  if (uri.userinfo !== undefined) return 'Remove the user name and password from the URL.';
  if (uri.path === '') return 'Add a path to the URL, such as /oauth-client.json.';
  if (hasDotSegment(uri.path)) return 'Remove the "." or ".." segment from the path.';
  if (!URL.canParse(clientId)) return 'Write a valid URL.';
  const { href } = new URL(clientId);
  return href === clientId ? undefined : `Write the URL as ${href}: it is compared character by character.`;
}

/** A client's description of itself when a person consented (rule C7). */
export type ClientSnapshot = { name: string; logoUri: string | null; redirectHosts: string[]; keys: string | null };

/** The fields of a client that identify it to people. */
export type Described = {
  name: string;
  logoUri: string | null;
  redirectUris: readonly string[];
  jwks: { keys: Record<string, unknown>[] } | null;
  jwksUri: string | null;
};

export const snapshotOf = ({ name, logoUri, redirectUris, jwks, jwksUri }: Described): ClientSnapshot => ({
  name,
  logoUri,
  redirectHosts: [...new Set(redirectUris.map(hostOf))].sort(),
  keys: jwksUri ?? (jwks && createHash('sha256').update(JSON.stringify(jwks)).digest('base64url')),
});

/** The part of a redirect URI that decides who gets the answer: scheme and host, `loopback` whatever the port, or a private scheme. */
function hostOf(uri: string): string {
  const { scheme = '', host, port } = splitUri(uri) ?? {};
  if (host === undefined || !/^https?$/i.test(scheme)) return `${scheme}:`.toLowerCase();
  if (isLoopbackHost(host)) return 'loopback';
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}`.toLowerCase();
}

export type Change = 'name' | 'logo' | 'redirectHosts' | 'keys';

/** The changes since a snapshot; none if there is no snapshot. */
export function changesSince(before: ClientSnapshot | null, now: ClientSnapshot): Change[] {
  if (before === null) return [];
  const changes: [Change, boolean][] = [
    ['name', before.name !== now.name],
    ['logo', before.logoUri !== now.logoUri],
    // A removed host is no change: no answer goes to a new host.
    ['redirectHosts', !now.redirectHosts.every((host) => before.redirectHosts.includes(host))],
    ['keys', before.keys !== now.keys],
  ];
  return changes.filter(([, changed]) => changed).map(([change]) => change);
}

/** Whether the client may belong to somebody else now: its keys or its redirect hosts have changed. */
export const mayHaveNewOwner = (before: ClientSnapshot | null, now: ClientSnapshot): boolean =>
  changesSince(before, now).some((change) => change === 'redirectHosts' || change === 'keys');
