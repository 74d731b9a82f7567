import type { NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from './fields.ts';
import { newClientWire } from './wire.ts';

/** A client to be created, and what of the body could not be read. The rule book judges the rest. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body);
  const metadata: NewClient = {
    name: values.name ?? '',
    scopes: values.allowed_scopes ?? [],
    tokenEndpointAuthMethod: values.client_type === 'public' ? 'none' : 'client_secret_basic',
    grantTypes: values.allowed_grant_types ?? [],
    redirectUris: values.redirect_uris ?? [],
    requirePkce: values.require_pkce ?? false,
    logoUri: values.logo_uri ?? null,
    tosUri: values.tos_uri ?? null,
    policyUri: values.policy_uri ?? null,
  };
  return { metadata, issues };
}
