import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const actionFiles = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map((name) => join('app', name))
  .filter((path) => /\.tsx?$/.test(path) && readFileSync(path, 'utf8').includes("'use server'"));

test('every server action answers an unavailable database, in its form or by a page', () => {
  expect(actionFiles.length).toBeGreaterThan(20);
  const bare = actionFiles.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => /^export /.test(line) && !/^export const \w+ = (?:formAction|pageAction)\(/.test(line))
      .map((line) => `${path}: ${line}`),
  );
  expect(bare).toEqual([]);
});
