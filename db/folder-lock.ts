import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another living process works on the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Takes the folder for this process. The kernel holds the lock (SQLite's, on an empty file) and lets it go when the
 * process ends, however it ends: so whatever PostgreSQL is found in a folder that could be locked was left behind by
 * the dead, and no process id that the system gave to somebody else is mistaken for the holder.
 * @returns what gives the folder back
 */
export function lockFolder(folder: string, holder: string): () => void {
  const file = join(folder, 'lock');
  const note = join(folder, 'holder.json');
  const lock = openLock(file);
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new FolderInUse(
      `${folder} is in use by ${readHolder(note)}. Stop it, or set CLIENTELE_DATA to another folder (and PORT to another port) for a second copy.`,
    );
  }
  chmodSync(file, 0o600);
  writeFileSync(note, JSON.stringify({ pid: process.pid, holder, since: new Date().toISOString() }), { mode: 0o600 });
  return () => lock.close();
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (cause) {
    throw new Error(`${file} cannot be opened: does the folder belong to another user?`, { cause });
  }
}

const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === 5;

function readHolder(note: string): string {
  try {
    const { pid, holder, since } = JSON.parse(readFileSync(note, 'utf8')) as Record<string, string | number>;
    return `${holder} (process ${pid}, since ${since})`;
  } catch {
    return 'another copy of Clientele';
  }
}
