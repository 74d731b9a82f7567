import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const page = readFileSync('docs/differences.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:---|the vendor \|)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

test('every difference has its reason and its tests', () => {
  expect(rows.length).toBeGreaterThan(30);
  for (const cells of rows) {
    expect(cells, cells[0]).toHaveLength(4);
    for (const cell of cells) expect(cell.trim(), cells[0]).not.toBe('');
  }
});

test('its tests exist', () => {
  const named = rows.flatMap((cells) => [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, file = '']) => file));
  expect(named.length).toBeGreaterThanOrEqual(rows.length);
  expect(named.filter((file) => !existsSync(join('tests/http', file)))).toEqual([]);
});

test('the README links to it', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('(docs/differences.md)');
});
