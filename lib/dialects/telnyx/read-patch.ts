import type { Client, ClientPatch } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from './fields.ts';
import { patchWire } from './wire.ts';
import { isGrantTypeHere } from './write-one.ts';

/** What an update changes of `before`: the members it names; grant types that this API has no word for stay. */
export function readPatch(body: object, before: Pick<Client, 'grantTypes'>): { patch: ClientPatch; issues: Issue[] } {
  const { values, issues } = readMembers(patchWire, body);
  const { name, allowed_scopes, allowed_grant_types, redirect_uris, require_pkce, logo_uri, tos_uri, policy_uri } =
    values;
  const others = before.grantTypes.filter((grant) => !isGrantTypeHere(grant));
  const patch = {
    ...(name !== undefined && { name }),
    ...(allowed_scopes && { scopes: allowed_scopes }),
    ...(allowed_grant_types && { grantTypes: [...allowed_grant_types, ...others] }),
    ...(redirect_uris && { redirectUris: redirect_uris }),
    ...(require_pkce != null && { requirePkce: require_pkce }),
    ...(logo_uri !== undefined && { logoUri: logo_uri }),
    ...(tos_uri !== undefined && { tosUri: tos_uri }),
    ...(policy_uri !== undefined && { policyUri: policy_uri }),
  };
  return { patch, issues };
}
