import { completeMetadata, judgeMetadata, type NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from './fields.ts';
import { newClientWire } from './wire.ts';

export type ReadNew = { metadata: NewClient; logo: Uint8Array | undefined; issues: Issue[] };

/**
 * A client to be created, and everything that is wrong with it at once: what this API's own validation says and, for the
 * fields that pass it, what the rule book says. `catalogue` holds the names of the scopes that exist.
 */
export function readNew(body: object, catalogue: ReadonlySet<string>): ReadNew {
  const { values, issues } = readMembers(newClientWire, body);
  const metadata: NewClient = {
    name: values.name ?? '',
    description: values.description ?? '',
    secretOptional: values.allow_pkce ?? false,
    openToOtherOrganizations: values.is_public ?? true,
    clientUri: values.website_url ?? null,
    tosUri: values.terms_url ?? null,
    policyUri: values.policy_url ?? null,
    redirectUris: values.redirect_uris ?? [],
    allowedOrigins: values.allowed_origins ?? [],
    postLogoutRedirectUris: values.logout_redirect_uri === undefined ? [] : [values.logout_redirect_uri],
    scopes: values.scopes ?? [],
  };
  const wrong = new Set(issues.map(({ field }) => field));
  const broken = judgeMetadata(completeMetadata(metadata, 'docspace'), { channel: 'docspace', catalogue }).filter(
    ({ field, severity }) => severity !== 'warning' && !wrong.has(field.split('.')[0] ?? field),
  );
  return { metadata, logo: values.logo, issues: [...issues, ...broken] };
}
