import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { placeBinaries, placeData, placeSockets } from './embedded-files.ts';
import { ownerOf } from './embedded-owner.ts';
import { initialise, launch } from './embedded-process.ts';
import { FolderInUse, lockFolder } from './folder-lock.ts';

export type Embedded = {
  /** Connection URL over a unix socket. */
  url: string;
  /** Process id of PostgreSQL's postmaster. */
  pid: () => number;
  /** Stops PostgreSQL cleanly and unlocks the folder. */
  stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** A description of the holder, for the error message of another start. */
  holder?: string;
  /** The folder is locked for one command only, so another start waits for it and does not fail. */
  briefly?: boolean;
  /** PostgreSQL settings, `name=value`. */
  settings?: readonly string[];
  /** Called when PostgreSQL ended unexpectedly and is restarted. */
  onRestart?: (message: string) => void;
};

/**
 * Starts the PostgreSQL that npm installed, with its data in `folder`. It works as root, under a private home folder, and next to
 * other copies, because it listens only on a unix socket. PostgreSQL stops when this process ends in any way.
 * @throws FolderInUse: when another running process holds the folder
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  const home = realpathSync(folder);
  const release = await takeFolder(home, options);
  try {
    const owner = ownerOf(home);
    const binaries = await placeBinaries(owner);
    const place = placeData(home, owner);
    const sockets = placeSockets(home, owner);
    const data = join(place, 'pgdata');
    initialise(binaries, data, owner);
    const running = await launch({ binaries, data, sockets, owner, ...options });
    const stop = async () => {
      await running.stop();
      rmSync(sockets, { recursive: true, force: true });
      release();
    };
    return { url: urlOf(sockets), pid: running.pid, stop };
  } catch (error) {
    release();
    throw error;
  }
}

const commandTimeMaxMs = 30_000;

async function takeFolder(home: string, { holder = 'a program of this copy', briefly }: EmbeddedOptions) {
  for (const began = performance.now(); ; await pause(50)) {
    try {
      return lockFolder(home, holder, briefly);
    } catch (error) {
      const isBrief = error instanceof FolderInUse && error.briefly;
      if (!isBrief || performance.now() - began > commandTimeMaxMs) throw error;
    }
  }
}

/** The connection URL of the database whose socket is in the folder `sockets`. */
export function urlOf(sockets: string): string {
  return `postgres://clientele@localhost/postgres?host=${encodeURIComponent(sockets)}`;
}
