import type { Client, ClientPatch } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from '../read-members.ts';
import { domainNames } from './fields.ts';
import { isGrantTypeHere, withRefresh } from './grant-types.ts';
import { patchWire } from './wire.ts';

type Before = Pick<Client, 'grantTypes'>;

/** What an update changes of a client: the members it names among those that this API lets change; grants that it has no word for stay. */
export function readPatch(body: object): { patchOf: (before: Before) => ClientPatch; issues: Issue[] } {
  const { values, issues } = readMembers(patchWire, body, domainNames);
  const patchOf = ({ grantTypes }: Before): ClientPatch => ({
    name: values.client_name ?? undefined,
    scopes: values.scopes ?? undefined,
    grantTypes: grantsOf(values, grantTypes),
    redirectUris: values.redirect_uris ?? undefined,
    accessTokenLifetimeSeconds: values.access_token_duration ?? undefined,
    refreshTokenLifetimeSeconds: values.refresh_token_duration ?? undefined,
  });
  return { patchOf, issues };
}

type Values = {
  grant_types?: Client['grantTypes'] | null | undefined;
  refresh_token_duration?: number | null | undefined;
};

/** A lifetime that is set for refresh tokens has its effect on a client that gets codes. */
function grantsOf({ grant_types, refresh_token_duration }: Values, before: Client['grantTypes']) {
  if (grant_types) return [...withRefresh(grant_types), ...before.filter((grant) => !isGrantTypeHere(grant))];
  return refresh_token_duration == null ? undefined : withRefresh(before);
}
