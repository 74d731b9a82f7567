import type { Provenance } from '#lib/kernel/actor';
import type { Issue } from '#lib/kernel/errors';
import type { ClientMetadata } from '../client.ts';
import { type Channel, channels } from './channel.ts';
import { isInstalled } from './confidentiality.ts';
import { finding, refusal, refusalsOf } from './issue.ts';
import type { RedirectContext } from './redirect-uri.ts';
import { judgeRedirectUris, redirectUriMax } from './redirect-uris.ts';
import { splitUri } from './uri.ts';
import { judgeWebUri } from './web-uri.ts';

type RedirectTerms = Pick<
  ClientMetadata,
  'applicationType' | 'environment' | 'tokenEndpointAuthMethod' | 'secretOptional'
> & {
  /** By which channel the client came, or comes: what its secret is for stays, whoever edits it. */
  provenance: Provenance;
  redirectUris?: readonly string[];
  allowedSchemes?: readonly string[] | undefined;
};

/**
 * What of a client decides about its redirect URIs. One that may leave out its secret counts as public (rule R6), as does an
 * installed one that registered itself and got a secret (RFC 8252 §8.5).
 */
export function redirectContext({
  redirectUris = [],
  allowedSchemes,
  provenance,
  ...terms
}: RedirectTerms): RedirectContext {
  const { applicationType, environment, tokenEndpointAuthMethod, secretOptional } = terms;
  const guards = tokenEndpointAuthMethod !== 'none' && !secretOptional;
  const { secretsOnDevices = false } = channels[provenance];
  const confidential = guards && !(secretsOnDevices && isInstalled({ applicationType, environment, redirectUris }));
  return { applicationType, environment, confidential, ...(allowedSchemes && { allowedSchemes }) };
}

/** What of a client its redirect URIs have to fit. */
export type RedirectSetting = RedirectTerms & Pick<ClientMetadata, 'grantTypes'>;

type Allowed = Pick<Channel, 'redirectUriMax' | 'redirectUrisLater'>;

/** As the portal judges a client's redirect URIs while they are typed; the list may still be empty. */
export function judgeRedirectsOf(setting: RedirectSetting, redirectUris: readonly string[]): Issue[] {
  return judgeClientRedirects({ ...setting, redirectUris }, { redirectUriMax, redirectUrisLater: true });
}

/** Rules R1–R13 and R17 on a client: redirect URIs are needed by authorization_code, and by nothing else; where the channel says so they may still be missing. */
export function judgeClientRedirects(
  metadata: RedirectSetting & { redirectUris: readonly string[] },
  { redirectUriMax: max, redirectUrisLater: later = false }: Allowed,
): Issue[] {
  const { applicationType, grantTypes, redirectUris } = metadata;
  const needed = grantTypes.includes('authorization_code');
  const issues = judgeRedirectUris(redirectUris, {
    ...redirectContext(metadata),
    max,
    required: needed && !later,
  });
  if (needed && later && redirectUris.length === 0)
    return [finding('redirectUris', 'R13', 'Nobody can sign in yet: register where the authorization code is sent.')];
  if (needed || redirectUris.length === 0) return issues;
  const never = applicationType === 'machine' || applicationType === 'device';
  const message = 'Remove the redirect URIs: no grant of this client redirects.';
  return [...issues, (never ? refusal : finding)('redirectUris', 'R13', message)];
}

/** Rule M17: what a sector identifier URI leads to is a list of URIs, with every redirect URI of the client in it. */
export function judgeSectorList(document: unknown, redirectUris: readonly string[]): Issue[] {
  const field = 'sectorIdentifierUri';
  if (!Array.isArray(document) || !document.every((uri) => typeof uri === 'string'))
    return [refusal(field, 'M17', 'What it leads to must be a JSON list of URIs.')];
  const missing = redirectUris.find((uri) => !document.includes(uri));
  return missing === undefined ? [] : [refusal(field, 'M17', `What it leads to must list ${missing} as well.`)];
}

/** Rule M17: pairwise subjects of a client with several hosts need a sector. Its document is fetched elsewhere. */
export function judgeSector(metadata: ClientMetadata): Issue[] {
  const { sectorIdentifierUri, subjectType, redirectUris, environment } = metadata;
  const field = 'sectorIdentifierUri';
  if (sectorIdentifierUri !== null) return judgeWebUri(sectorIdentifierUri, { field, rule: 'M17', environment });
  const hosts = new Set(redirectUris.map((uri) => splitUri(uri)?.host?.toLowerCase()));
  if (subjectType === 'public' || hosts.size < 2) return [];
  return [refusal(field, 'M17', 'Name a sector identifier URI: the redirect URIs lead to more than one host.')];
}

const field = 'postLogoutRedirectUris';

/** Rule R15: the rules of redirect URIs; a host that is no redirect URI's host is a finding, never a refusal. */
export function judgePostLogoutUris(
  list: readonly string[],
  context: RedirectContext & { max?: number; redirectUris: readonly string[] },
): Issue[] {
  const homes = new Set(context.redirectUris.map(homeOf).filter((home) => home !== undefined));
  const issues = judgeRedirectUris(list, { ...context, field, required: false });
  if (homes.size === 0) return issues;
  const refused = new Set(refusalsOf(issues).map((issue) => issue.field));
  const foreign = list.flatMap((raw, index) => {
    const home = homeOf(raw);
    if (home === undefined || homes.has(home) || refused.has(`${field}.${index}`)) return [];
    return [finding(`${field}.${index}`, 'R15', `No redirect URI leads to ${home}; check that it is yours.`)];
  });
  return [...issues, ...foreign];
}

/** Where a URI leads: its host, or its scheme when it has none. */
function homeOf(raw: string): string | undefined {
  const parts = splitUri(raw);
  return (parts?.host ?? parts?.scheme)?.toLowerCase();
}
