import type { Appearance } from '#lib/appearance/rules';
import type { Issue } from '#lib/errors';
import { readMembers } from '../read-members.ts';
import { appearanceDomainNames } from './fields.ts';
import { appearanceWire } from './wire.ts';

/** A UI configuration, which may hold members of the caller's own. A member that is null or an empty text was left out. */
export function readAppearance(body: object): { appearance: Appearance; issues: Issue[] } {
  const { values, issues } = readMembers(appearanceWire, body, appearanceDomainNames);
  const known = Object.entries(values)
    .filter(([, value]) => value != null && value !== '')
    .map(([wire, value]) => [appearanceDomainNames.get(wire) ?? wire, value]);
  const more = Object.entries(body).filter(([wire, value]) => !appearanceDomainNames.has(wire) && value !== null);
  const appearance = { ...Object.fromEntries(known), ...(more.length > 0 && { more: Object.fromEntries(more) }) };
  return { appearance, issues };
}
