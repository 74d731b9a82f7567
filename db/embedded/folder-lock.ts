import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another running process holds the folder; `briefly` if it is a short command. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly briefly: boolean;

  constructor(message: string, briefly: boolean) {
    super(message);
    this.briefly = briefly;
  }
}

/**
 * Locks the folder for this process. The lock is SQLite's on an empty file; the kernel releases it when the process ends in any
 * way. So a PostgreSQL in a folder that could be locked is an orphan, and a reused process id is never mistaken for the holder.
 * @returns a function that unlocks the folder
 */
export function lockFolder(folder: string, holder: string, briefly = false): () => void {
  const file = join(folder, 'lock');
  const note = join(folder, 'holder.json');
  const lock = openLock(file);
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const other = readHolder(note);
    throw new FolderInUse(
      `${folder} is in use by ${other.words}. Stop it, or set CLIENTELE_DATA to another folder (and PORT to another port) for a second copy.`,
      other.briefly,
    );
  }
  chmodSync(file, 0o600);
  const since = new Date().toISOString();
  writeFileSync(note, JSON.stringify({ pid: process.pid, holder, briefly, since }), { mode: 0o600 });
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

function readHolder(note: string): { words: string; briefly: boolean } {
  try {
    const { pid, holder, since, briefly } = JSON.parse(readFileSync(note, 'utf8')) as Record<string, unknown>;
    return { words: `${holder} (process ${pid}, since ${since})`, briefly: briefly === true };
  } catch {
    return { words: 'another copy of Clientele', briefly: false };
  }
}
