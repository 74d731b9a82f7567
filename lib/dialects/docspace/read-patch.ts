import type { ClientPatch } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from './fields.ts';
import { readGiven } from './members.ts';
import { activationWire, patchWire } from './wire.ts';

export type ReadPatch = { patch: ClientPatch & { logo?: Uint8Array }; issues: Issue[] };

/** What an update changes: the members it names among those that this API lets change; a member left out keeps its value. */
export function readPatch(body: object): ReadPatch {
  const { values, issues } = readMembers(patchWire, body);
  const { name, logo } = values;
  const patch = {
    ...(name !== undefined && { name }),
    ...(logo !== undefined && { logo }),
    ...readGiven(new Map(Object.entries(values))),
  };
  return { patch, issues };
}

/** Whether the client is to be switched on. */
export function readActivation(body: object): { enabled: boolean; issues: Issue[] } {
  const { values, issues } = readMembers(activationWire, body);
  return { enabled: values.status ?? false, issues };
}
