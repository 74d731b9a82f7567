import type { NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { readMembers } from '../read-members.ts';
import { newClientWire } from './wire.ts';

/** An application to be created: this API lets choose its name and nothing else. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body, new Map());
  return { metadata: { name: values.name ?? '' }, issues };
}

/** The number in a path, by which this API knows an application; undefined for a text that is the number of none. */
export function readNumber(text = ''): number | undefined {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN;
  return number <= 2 ** 31 - 1 ? number : undefined;
}
