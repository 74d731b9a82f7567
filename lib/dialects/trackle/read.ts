import { type ClientPatch, type NewClient, readScopeString } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { readMembers } from '../read-members.ts';
import { domainNames, newClientWire, patchWire } from './wire.ts';

/** Reads a new client. An `installed` client without a redirect URI is a machine client. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body, domainNames);
  const redirectUris = values.redirect_uri ? [values.redirect_uri] : [];
  const installed = redirectUris.length > 0 ? 'native' : 'machine';
  const metadata: NewClient = {
    name: values.name ?? '',
    applicationType: values.type === 'web' ? 'web' : installed,
    redirectUris,
    scopes: readScopeString(values.scope ?? ''),
  };
  return { metadata, issues };
}

/** Reads an update of name and scope; this API can change nothing else. */
export function readPatch(body: object): { patch: ClientPatch; issues: Issue[] } {
  const { values, issues } = readMembers(patchWire, body, domainNames);
  const patch = {
    ...(values.name != null && { name: values.name }),
    ...(values.scope != null && { scopes: readScopeString(values.scope) }),
  };
  return { patch, issues };
}
