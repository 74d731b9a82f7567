import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, test } from 'vitest';
import { missingPackages } from '../../../scripts/prepare.mjs';

describe('the packages that a command installs', () => {
  test.each([
    ['nothing is there', '', 'serving', 'serving'],
    ['nothing is there', '', 'all', 'all'],
    ['the same is there', 'lock\nserving', 'serving', 'nothing'],
    ['the same is there', 'lock\nall', 'all', 'nothing'],
    ['a start after tests', 'lock\nall', 'serving', 'nothing'],
    ['tests after a start', 'lock\nserving', 'all', 'all'],
    ['another lock file', 'older\nall', 'serving', 'serving'],
    ['another lock file', 'older\nall', 'all', 'all'],
  ] as const)('%s: %j, wanted %s: %s', (_case, stamp, wanted, missing) => {
    expect(missingPackages(stamp, 'lock', wanted)).toBe(missing);
  });
});

describe('production code imports no development package', () => {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const installed = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...builtinModules]);
  const scripts = ['start', 'run', 'prepare', 'build', 'resolve-once', 'clientele', 'clientele/**/*'];
  const files = globSync([
    '{app,components,lib,db}/**/*.{ts,tsx}',
    '{server,next.config}.ts',
    'postcss.config.mjs',
    `scripts/{${scripts.join()}}.{ts,mjs}`,
  ]).filter((file) => !file.endsWith('.d.ts'));
  /** `import … from 'name'`, `export … from 'name'` and `import 'name'`, but for types and our own files. */
  const importing = /^(?:import|export) (?!type )(?:[\w*{},\s]*from )?'([^'.#/][^']*)'|import\('([^'.#/][^']*)'\)/gm;
  const imported = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(importing)].map(
      ([, name = '', word = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(name || word)?.[0] ?? name,
    );

  test('every import is of a dependency, of Node or of our own', () => {
    const packages = files.flatMap((file) => imported(file).map((name) => `${name} in ${file}`));
    expect(packages.length).toBeGreaterThan(200);
    const isKnown = (name: string) => name.startsWith('node:') || installed.has(name);
    expect(packages.filter((line) => !isKnown(line.split(' ')[0] ?? ''))).toEqual([]);
  });
});
