import type { NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from '../read-members.ts';
import { newClientWire } from './wire.ts';

/** An application to be created: this API lets choose its name and nothing else. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body, new Map());
  return { metadata: { name: values.name ?? '' }, issues };
}
