import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { removeData } from './remove-data.ts';

const made: string[] = [];
afterAll(() => made.forEach(removeData));

/** Creates a folder that is removed after the test file. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-test-'));
  made.push(folder);
  return folder;
}
