import { readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The database folder of a data folder, if it is elsewhere. */
export function elsewhere(folder: string): string | undefined {
  try {
    return readlinkSync(join(folder, 'postgres'));
  } catch {
    return undefined;
  }
}

/** Removes a data folder with its database. */
export function removeData(folder: string): void {
  for (const path of [elsewhere(folder), folder]) if (path) rmSync(path, { recursive: true, force: true });
}
