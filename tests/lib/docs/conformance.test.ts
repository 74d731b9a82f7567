import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const page = readFileSync('docs/conformance.md', 'utf8');
const plans = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    title: text.split('\n', 1)[0] ?? '',
    file: /^`(tests\/conformance\/[\w-]+\.test\.ts)`$/m.exec(text)?.[1],
    rows: [...text.matchAll(/^\| `([\w-]+)` \| (.+) \|$/gm)].map(([, module = '', result = '']) => ({
      module,
      result,
    })),
  }));

/** The modules that a test file names: each is the title of a test, alone or in a table of them. */
const testedIn = (file: string | undefined) =>
  file ? [...readFileSync(file, 'utf8').matchAll(/'((?:oidcc|fapi\d)-[\w-]+)'/g)].map(([, module]) => module) : [];

describe('docs/conformance.md', () => {
  test.each(plans)('$title: exactly the passing modules have a test with that title', ({ file, rows }) => {
    expect(rows.length).toBeGreaterThan(0);
    const passing = rows.filter(({ result }) => result.startsWith('pass')).map(({ module }) => module);
    expect(testedIn(file).toSorted()).toEqual(passing.toSorted());
  });

  test('gives a reason for every other module, and names none twice in a plan', () => {
    for (const { rows } of plans) {
      for (const { module, result } of rows)
        expect(result, module).toMatch(/^(pass( \(.{10,}\))?|(does not apply|not yet): .{10,})$/);
      expect(new Set(rows.map(({ module }) => module)).size).toBe(rows.length);
    }
    expect(plans.flatMap(({ rows }) => rows)).toHaveLength(168);
  });

  test('names every test file', () => {
    const files = globSync('tests/conformance/*.test.ts').map((file) => file.replaceAll('\\', '/'));
    expect(plans.flatMap(({ file }) => file ?? []).toSorted()).toEqual(files.toSorted());
  });
});
