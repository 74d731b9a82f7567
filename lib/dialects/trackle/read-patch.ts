import { type ClientPatch, readScopeString } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from '../read-members.ts';
import { domainNames } from './fields.ts';
import { patchWire } from './wire.ts';

/** What an update changes: name and scope, as far as they are sent; the rest of a client cannot be changed here. */
export function readPatch(body: object): { patch: ClientPatch; issues: Issue[] } {
  const { values, issues } = readMembers(patchWire, body, domainNames);
  const patch = {
    ...(values.name != null && { name: values.name }),
    ...(values.scope != null && { scopes: readScopeString(values.scope) }),
  };
  return { patch, issues };
}
