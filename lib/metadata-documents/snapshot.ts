import { createHash } from 'node:crypto';
import { isLoopbackHost, splitUri } from '../clients/rules.ts';

/** What a client said that it was when a person allowed it (rule C7). */
export type ClientSnapshot = { name: string; logoUri: string | null; redirectHosts: string[]; keys: string | null };

/** What a client says of itself, as far as it decides who it is. */
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

/** Where an answer leads, as far as it matters who gets it: the host, this machine whatever the port, or a scheme of its own. */
function hostOf(uri: string): string {
  const { scheme = '', host, port } = splitUri(uri) ?? {};
  if (host === undefined || !/^https?$/i.test(scheme)) return `${scheme}:`.toLowerCase();
  if (isLoopbackHost(host)) return 'loopback';
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}`.toLowerCase();
}

export type Change = 'name' | 'logo' | 'redirectHosts' | 'keys';

/** What is not as it was. Nothing is known of a time before there were snapshots. */
export function changesSince(before: ClientSnapshot | null, now: ClientSnapshot): Change[] {
  if (before === null) return [];
  const changes: [Change, boolean][] = [
    ['name', before.name !== now.name],
    ['logo', before.logoUri !== now.logoUri],
    // One that is gone leads nowhere new.
    ['redirectHosts', !now.redirectHosts.every((host) => before.redirectHosts.includes(host))],
    ['keys', before.keys !== now.keys],
  ];
  return changes.filter(([, changed]) => changed).map(([change]) => change);
}

/** Whether somebody else may be behind it by now: it shows who it is by other keys, or leads to other hosts. */
export const mayBeAnother = (before: ClientSnapshot | null, now: ClientSnapshot): boolean =>
  changesSince(before, now).some((change) => change === 'redirectHosts' || change === 'keys');
