import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('what the pure door opens runs in a browser: outside its folder it imports pure functions of the kernel', () => {
  const seen = new Set<string>();
  const outside = new Set<string>();
  const visit = (file: URL) => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    for (const [, name = ''] of readFileSync(fileURLToPath(file), 'utf8').matchAll(
      /^(?!import type).*from '(.+)';$/gm,
    )) {
      if (name.startsWith('.')) visit(new URL(name, file));
      else outside.add(name);
    }
  };
  visit(new URL('../../../lib/clients/rules.ts', import.meta.url));
  expect(seen.size).toBeGreaterThan(20);
  expect([...outside].sort()).toEqual(['#lib/kernel/actor', '#lib/kernel/table', '#lib/kernel/values']);
});
