import type { NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from './fields.ts';
import { newClientWire } from './wire.ts';

export type ReadNew = { metadata: NewClient; logo: Uint8Array | undefined; issues: Issue[] };

/** A client to be created, and what this API's own validation says. The rule book judges the members that pass it. */
export function readNew(body: object): ReadNew {
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
  return { metadata, logo: values.logo, issues };
}
