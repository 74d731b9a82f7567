import type { ClientPatch } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from '../read-members.ts';
import { domainNames } from './fields.ts';
import { patchWire } from './wire.ts';

/** What an update changes: the members it names among those that this API lets change. */
export function readPatch(body: object): { patch: ClientPatch; issues: Issue[] } {
  const { values, issues } = readMembers(patchWire, body, domainNames);
  const patch: ClientPatch = {
    name: values.client_name ?? undefined,
    scopes: values.scopes ?? undefined,
    grantTypes: values.grant_types ?? undefined,
    redirectUris: values.redirect_uris ?? undefined,
    accessTokenLifetimeSeconds: values.access_token_duration ?? undefined,
    refreshTokenLifetimeSeconds: values.refresh_token_duration ?? undefined,
  };
  return { patch, issues };
}
