import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/testing.md', 'utf8');
const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const [, section = ''] = page.split('## Mutations that were tried');
const rows = [...section.matchAll(/^\| (`[^|]+`) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, file = '', mutation = '', tests = '']) => ({ files: named(file), mutation, tests: named(tests) }),
);
const equivalent = [...section.matchAll(/^- `([^`]+)`/gm)].map(([, file = '']) => file);

test('each mutation names an existing file and the tests that fail', () => {
  const lines = section.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toHaveLength(lines.length);
  expect(rows.length).toBeGreaterThanOrEqual(60);
  for (const { files, mutation, tests } of rows) {
    expect(
      files.filter((file) => !existsSync(file)),
      mutation,
    ).toEqual([]);
    expect(tests.length, mutation).toBeGreaterThan(0);
    expect(
      tests.filter((name) => !existsSync(`tests/${name}.test.ts`)),
      mutation,
    ).toEqual([]);
  }
  const mutations = rows.map(({ files, mutation }) => `${files}: ${mutation}`);
  expect(new Set(mutations).size).toBe(mutations.length);
});

test('a mutation without a failing test names an existing file', () => {
  expect(equivalent.length).toBeGreaterThan(0);
  for (const file of equivalent) expect(existsSync(file), file).toBe(true);
});

test('each part of the suite has its folder and its files', () => {
  const [, parts = ''] = page.split('# Testing');
  const folders = [...(parts.split('## ')[0] ?? '').matchAll(/^\| `\w+` \| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
    named(cell),
  );
  expect(folders.length).toBeGreaterThanOrEqual(5);
  for (const folder of folders) expect(globSync(`${folder}**/*.test.ts`).length, folder).toBeGreaterThan(0);
});

test('no test waits for a fixed time: a step of a loop that waits for a condition is the longest pause', () => {
  const files = globSync('tests/**/*.ts').filter((file) => !file.endsWith('docs/testing.test.ts'));
  const waits =
    /waitForTimeout|Atomics\.wait|=>\s*(?:void )?setTimeout\(|\b(?:pause|sleep|delay|setTimeout)\((?:\d{3,}|[a-z])/i;
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
      .replaceAll('socket.pause()', '')
      .replaceAll(/pg_sleep\([^)]*\)/g, '');
    return waits.test(text) ? [file] : [];
  });
  expect(files.length).toBeGreaterThan(200);
  expect(found).toEqual([]);
});
