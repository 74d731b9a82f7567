import { readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where PostgreSQL's part of a data folder lies, when it is not in it. */
export function elsewhere(folder: string): string | undefined {
  try {
    return readlinkSync(join(folder, 'postgres'));
  } catch {
    return undefined;
  }
}

/** Removes a data folder, wherever PostgreSQL's part of it lies. */
export function removeData(folder: string): void {
  for (const path of [elsewhere(folder), folder]) if (path) rmSync(path, { recursive: true, force: true });
}
