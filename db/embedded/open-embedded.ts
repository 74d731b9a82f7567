import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded, urlOf } from './embedded.ts';
import { FolderInUse } from './folder-lock.ts';
import { isAlive, readPostmaster } from './postmaster.ts';

export type OpenedDatabase = {
  url: string;
  /** Stops the database if it was started for this command; does not touch a running server's database. */
  release: () => Promise<void>;
};

const startsWithinMs = 30_000;

/** The embedded database of `folder` for one command: the running server's, or one started for the command. */
export async function openEmbedded(folder: string): Promise<OpenedDatabase> {
  for (const began = performance.now(); ; await pause(50)) {
    try {
      const { url, stop } = await startEmbedded(folder, { holder: 'a command', briefly: true });
      return { url, release: stop };
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      const url = runningIn(folder);
      if (url) return { url, release: async () => undefined };
      if (performance.now() - began > startsWithinMs) throw error;
    }
  }
}

function runningIn(folder: string): string | undefined {
  const postmaster = readPostmaster(join(realpathSync(folder), 'postgres', 'pgdata'));
  return postmaster?.status === 'ready' && isAlive(postmaster.pid) ? urlOf(postmaster.sockets) : undefined;
}
