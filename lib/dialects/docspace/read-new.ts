import type { NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from './fields.ts';
import { readAll } from './members.ts';
import { newClientWire } from './wire.ts';

export type ReadNew = { metadata: NewClient; logo: Uint8Array | undefined; issues: Issue[] };

/** A client to be created, and what this API's own validation says. The rule book judges the members that pass it. */
export function readNew(body: object): ReadNew {
  const { values, issues } = readMembers(newClientWire, body);
  return {
    metadata: { name: values.name ?? '', ...readAll(new Map(Object.entries(values))) },
    logo: values.logo,
    issues,
  };
}
