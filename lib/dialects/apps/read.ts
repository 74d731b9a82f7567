import type { NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { readMembers } from '../read-members.ts';
import { newClientWire } from './wire.ts';

/** Reads a new application: this API sets only the name. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body, new Map());
  return { metadata: { name: values.name ?? '' }, issues };
}

/** Reads an application's number from a path; undefined if the text is not a valid number. */
export function readNumber(text = ''): number | undefined {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN;
  return number <= 2 ** 31 - 1 ? number : undefined;
}
