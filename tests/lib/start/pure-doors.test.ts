import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** The files that a file imports for more than their types, by their path; what is not ours by its name. */
function importsOf(file: string): string[] {
  const all = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )(?:([^;]*?) from )?'([^']+)';$/gms);
  return [...all].flatMap(([, names = '', name = '']) => {
    if (/^\{(?:\s*type \w+(?: as \w+)?,?)+\s*\}$/.test(names)) return [];
    if (name.startsWith('.')) return [normalize(join(dirname(file), name))];
    return [name.replace(/^#(lib|db)\/(.*)$/, '$1/$2.ts')];
  });
}

function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  for (const name of importsOf(file)) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (name.startsWith('lib/')) reachedFrom(name, seen);
  }
  return seen;
}

/** Rules that read the configuration or hash: servers alone may import them. */
const onServers = ['lib/metadata-documents/rules.ts', 'lib/resources/rules.ts'];
const doors = globSync('lib/*/rules.ts');

test('most nouns have rules', () => expect(doors.length).toBeGreaterThan(8));

test.each(doors)('%s reaches no database and no verb', (door) => {
  const reached = [...reachedFrom(door)];
  expect(reached.filter((name) => /^(?:db\/|drizzle-orm|postgres$)|\/index\.ts$/.test(name))).toEqual([]);
});

test.each(doors.filter((door) => !onServers.includes(door)))('%s runs in a browser', (door) => {
  expect([...reachedFrom(door)].filter((name) => /^node:|^lib\/kernel\/(?:env|keys|database)/.test(name))).toEqual([]);
});
