import type { Appearance } from '#lib/appearance/rules';
import { appearanceNames } from './fields.ts';

const wireNames = new Map<string, string>(Object.entries(appearanceNames));

/** A UI configuration as it was put, without what was left out. */
export function writeAppearance({ more = {}, ...known }: Appearance) {
  const members = Object.entries(known).map(([domain, value]) => [wireNames.get(domain) ?? domain, value]);
  return { result: { ...more, ...Object.fromEntries(members) } };
}
