import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fields } from '#lib/clients/rules/fields';

const page = readFileSync('docs/rules.md', 'utf8');
const rows = [...page.matchAll(/^\| (\w+) \| .+ \| .+ \|$/gm)].map(([, id = '']) => id).filter((id) => id !== 'id');
const sources = globSync('lib/**/*.ts').map((file) => readFileSync(file, 'utf8'));
const used = new Set(sources.flatMap((source) => [...source.matchAll(/'([RMSPC]\d{1,2})'/g)].map(([, id = '']) => id)));

test('every rule id that refusals carry has a row in docs/rules.md, and no row is of another', () => {
  expect([...used].filter((id) => !rows.includes(id))).toEqual([]);
  expect(rows.filter((id) => /^[A-Z]\d/.test(id) && !used.has(id))).toEqual([]);
  expect(new Set(rows).size).toBe(rows.length);
});

test('so has the rule of every field', () => {
  for (const [name, { rule }] of Object.entries(fields)) expect(rows, name).toContain(rule);
});
