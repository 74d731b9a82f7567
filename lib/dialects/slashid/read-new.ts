import type { NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from '../read-members.ts';
import { domainNames } from './fields.ts';
import { withRefresh } from './grant-types.ts';
import { newClientWire } from './wire.ts';

/** A client to be created. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body, domainNames);
  const metadata: NewClient = {
    name: values.client_name ?? '',
    scopes: values.scopes ?? [],
    grantTypes: withRefresh(values.grant_types ?? []),
    redirectUris: values.redirect_uris ?? [],
    accessTokenLifetimeSeconds: values.access_token_duration ?? undefined,
    refreshTokenLifetimeSeconds: values.refresh_token_duration ?? undefined,
    tokenEndpointAuthMethod: values.public ? 'none' : undefined,
  };
  return { metadata, issues };
}
