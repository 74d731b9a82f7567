import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const steps = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\d+\. `([^`]+)`.*: `([^`]+)`$/gm)].map(
  ([, file = '', line = '']) => ({ file, line }),
);
const copy = mkdtempSync(join(tmpdir(), 'clientele-field-'));

beforeAll(() => {
  for (const part of ['lib', 'db', 'app', 'package.json', 'tsconfig.json'])
    cpSync(part, join(copy, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const files = [
    'lib/clients/columns.ts',
    'lib/dialects/native/index.ts',
    'lib/dialects/registration/index.ts',
    'lib/dialects/docspace/index.ts',
    'app/(owner)/clients/[clientId]/branding/fields.ts',
  ];
  const project = { extends: './tsconfig.json', compilerOptions: { incremental: false }, include: [], files };
  writeFileSync(join(copy, 'tsconfig.fields.json'), JSON.stringify(project));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Puts the line behind that of `policyUri`, as the guide says. */
function add({ file, line }: { file: string; line: string }) {
  const lines = readFileSync(join(copy, file), 'utf8').split('\n');
  const at = lines.findIndex((text) => /^\s*(?:policyUri:|\{ name: 'policyUri')/.test(text));
  expect(at, file).toBeGreaterThan(-1);
  writeFileSync(join(copy, file), lines.toSpliced(at + 1, 0, `    ${line}`).join('\n'));
}

/** The files that the compiler finds wrong, and all that it says. */
function compile() {
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', 'tsconfig.fields.json', '--singleThreaded'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { files: new Set([...stdout.matchAll(/^(\S.*?)\(\d+,\d+\): error/gm)].map(([, file]) => file)), said: stdout };
}

test('a new client field takes the description, and then what the compiler names', () => {
  expect(steps.length).toBeLessThan(8);
  const [description, ...others] = steps;
  if (!description) throw new Error('no steps');
  add(description);
  const missing = compile();
  expect(missing.said).toContain("Property 'supportUri' is missing");
  expect([...missing.files].filter((file) => !file?.startsWith('lib/clients/')).sort()).toEqual([
    'lib/dialects/native/members.ts',
    'lib/dialects/registration/members.ts',
  ]);
  expect([...missing.files]).toContain('lib/clients/columns.ts');
  for (const step of others) add(step);
  expect(compile().said).toBe('');
});
