import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md')].filter((page) => existsSync(page));
const folders = 'app|components|db|docs|drizzle|lib|scripts|tests';

/** The paths that a page names in backticks: files, folders, patterns; not those with a placeholder or braces of many. */
function pathsIn(page: string): string[] {
  const named = readFileSync(page, 'utf8').matchAll(new RegExp(`\`((?:${folders})/[\\w./()[\\]*-]+)\``, 'g'));
  return [...named].map(([, path = '']) => path);
}

/** docs/testing.md names a test by its folder and title alone. */
const isThere = (path: string) =>
  path.includes('*') ? globSync(path).length > 0 : existsSync(path) || existsSync(`tests/${path}.test.ts`);

test.each(pages)('%s names only existing files', (page) => {
  expect(pathsIn(page).filter((path) => !isThere(path))).toEqual([]);
});

test('the README and the glossary name many files', () => {
  expect([...pathsIn('README.md'), ...pathsIn('docs/glossary.md')].length).toBeGreaterThan(50);
});
