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
  /** Stops PostgreSQL cleanly and gives the folder up. */
  stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** Who holds the folder, in words, for the message another start prints. */
  holder?: string;
  /** Held for one command only: whoever comes meanwhile waits instead of giving up. */
  briefly?: boolean;
  /** PostgreSQL settings, `name=value`. */
  settings?: readonly string[];
  /** Told when PostgreSQL ended by itself and is started again. */
  onRestart?: (message: string) => void;
};

/**
 * Starts the PostgreSQL that npm installed, with its data in `folder`: as root too, below a private home too, and
 * beside other copies, since it listens on a unix socket only. However this process ends, PostgreSQL stops with it.
 * @throws FolderInUse when another living process holds the folder
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

const commandsTakeAtMostMs = 30_000;

async function takeFolder(home: string, { holder = 'a program of this copy', briefly }: EmbeddedOptions) {
  for (const began = performance.now(); ; await pause(50)) {
    try {
      return lockFolder(home, holder, briefly);
    } catch (error) {
      const patient = error instanceof FolderInUse && error.briefly;
      if (!patient || performance.now() - began > commandsTakeAtMostMs) throw error;
    }
  }
}

/** The address of a database whose socket lies in `sockets`. */
export function urlOf(sockets: string): string {
  return `postgres://clientele@localhost/postgres?host=${encodeURIComponent(sockets)}`;
}
