import { type ClientMetadata, isLoopbackHost, refusal, splitUri } from '../clients/rules.ts';
import type { Issue } from '../errors.ts';
import { leadsInside } from '../guarded-fetch/index.ts';

const neverPublished = ['client_secret', 'client_secret_expires_at', 'registration_access_token'];

/** Rules C2, C3, C9: what is wrong with a document itself before anything in it is read; in the names of the wire. */
export function judgeDocument(document: unknown, url: string): Issue[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return [refusal('', 'C2', 'The document must be a JSON object.')];
  const members: Readonly<Record<string, unknown>> = { ...document };
  const issues: Issue[] = [];
  if (members.client_id !== url)
    issues.push(refusal('client_id', 'C2', 'client_id must be the very URL at which the document lies.'));
  for (const name of neverPublished)
    if (Object.hasOwn(members, name)) issues.push(refusal(name, 'C3', `Remove ${name}: the document is public.`));
  for (const name of ['client_name', 'redirect_uris'])
    if (members[name] === undefined || members[name] === null) issues.push(refusal(name, 'C9', `${name} is missing.`));
  return issues;
}

const addresses = [
  'clientUri',
  'logoUri',
  'tosUri',
  'policyUri',
  'jwksUri',
  'sectorIdentifierUri',
  'initiateLoginUri',
  'backchannelLogoutUri',
] as const;

type Named = Partial<Pick<ClientMetadata, (typeof addresses)[number] | 'redirectUris' | 'postLogoutRedirectUris'>>;

/** Rule C4: no address in a document leads inside a network; a redirect URI may lead to the person's own machine. */
export function judgeAddresses(metadata: Named): Issue[] {
  const message = 'The address leads inside a network.';
  const named = addresses.flatMap((field) => {
    const uri = metadata[field];
    return typeof uri === 'string' && leadsInside(uri) ? [refusal(field, 'C4', message)] : [];
  });
  const led = (['redirectUris', 'postLogoutRedirectUris'] as const).flatMap((field) =>
    (metadata[field] ?? []).flatMap((uri, index) => {
      const inside = leadsInside(uri) && !isLoopbackHost(splitUri(uri)?.host ?? '');
      return inside ? [refusal(`${field}.${index}`, 'C4', message)] : [];
    }),
  );
  return [...named, ...led];
}
