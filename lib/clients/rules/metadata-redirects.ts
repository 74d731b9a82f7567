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
  /** The channel that created the client, whichever channel edits it. */
  provenance: Provenance;
  redirectUris?: readonly string[];
  allowedSchemes?: readonly string[] | undefined;
};

/**
 * Returns the properties of a client that the rules on redirect URIs need. A client with an optional secret counts as public (rule R6),
 * and so does an installed client that got a secret by dynamic registration (RFC 8252 §8.5).
 */
export function redirectContext({
  redirectUris = [],
  allowedSchemes,
  provenance,
  ...terms
}: RedirectTerms): RedirectContext {
  const { applicationType, environment, tokenEndpointAuthMethod, secretOptional } = terms;
  const needsSecret = tokenEndpointAuthMethod !== 'none' && !secretOptional;
  const { secretsOnDevices = false } = channels[provenance];
  const confidential =
    needsSecret && !(secretsOnDevices && isInstalled({ applicationType, environment, redirectUris }));
  return { applicationType, environment, confidential, ...(allowedSchemes && { allowedSchemes }) };
}

/** The properties of a client that its redirect URIs must fit. */
export type RedirectSetting = RedirectTerms & Pick<ClientMetadata, 'grantTypes'>;

type Allowed = Pick<Channel, 'redirectUriMax' | 'redirectUrisLater'>;

/** Checks redirect URIs in the portal while they are typed. The list may be empty. */
export function judgeRedirectsOf(setting: RedirectSetting, redirectUris: readonly string[]): Issue[] {
  return judgeClientRedirects({ ...setting, redirectUris }, { redirectUriMax, redirectUrisLater: true });
}

/** Rules R1–R13 and R17 on a client: only `authorization_code` needs redirect URIs. With `redirectUrisLater` a missing one is a finding. */
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

/** Rule M17: the document at the sector identifier URI is a JSON list of URIs that contains every redirect URI of the client. */
export function judgeSectorList(document: unknown, redirectUris: readonly string[]): Issue[] {
  const field = 'sectorIdentifierUri';
  if (!Array.isArray(document) || !document.every((uri) => typeof uri === 'string'))
    return [refusal(field, 'M17', 'What it leads to must be a JSON list of URIs.')];
  const missing = redirectUris.find((uri) => !document.includes(uri));
  return missing === undefined ? [] : [refusal(field, 'M17', `What it leads to must list ${missing} as well.`)];
}

/** Rule M17: a client with pairwise subjects and several hosts needs a sector identifier URI. `judgeSectorDocument` fetches its document. */
export function judgeSector(metadata: ClientMetadata): Issue[] {
  const { sectorIdentifierUri, subjectType, redirectUris, environment } = metadata;
  const field = 'sectorIdentifierUri';
  if (sectorIdentifierUri !== null) return judgeWebUri(sectorIdentifierUri, { field, rule: 'M17', environment });
  const hosts = new Set(redirectUris.map((uri) => splitUri(uri)?.host?.toLowerCase()));
  if (subjectType === 'public' || hosts.size < 2) return [];
  return [refusal(field, 'M17', 'Name a sector identifier URI: the redirect URIs lead to more than one host.')];
}

const field = 'postLogoutRedirectUris';

/** Rule R15: the rules of redirect URIs apply. A host that no redirect URI has is a finding, never a refusal. */
export function judgePostLogoutUris(
  list: readonly string[],
  context: RedirectContext & { max?: number; redirectUris: readonly string[] },
): Issue[] {
  const destinations = new Set(
    context.redirectUris.map(destinationOf).filter((destination) => destination !== undefined),
  );
  const issues = judgeRedirectUris(list, { ...context, field, required: false });
  if (destinations.size === 0) return issues;
  const refused = new Set(refusalsOf(issues).map((issue) => issue.field));
  const foreign = list.flatMap((raw, index) => {
    const destination = destinationOf(raw);
    if (destination === undefined || destinations.has(destination) || refused.has(`${field}.${index}`)) return [];
    return [finding(`${field}.${index}`, 'R15', `No redirect URI leads to ${destination}; check that it is yours.`)];
  });
  return [...issues, ...foreign];
}

/** Returns a URI's host, or its scheme if it has no host. */
function destinationOf(raw: string): string | undefined {
  const parts = splitUri(raw);
  return (parts?.host ?? parts?.scheme)?.toLowerCase();
}
