import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Owner, runAs } from './embedded-owner.ts';
import { isAlive, readPostmaster, stopOrphan } from './postmaster.ts';

const major = '18';

/** Creates an empty database in `data` unless it has one. An interrupted initdb leaves nothing in `data`. */
export function initialise(binaries: string, data: string, owner: Owner): void {
  const versionFile = join(data, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim();
    if (found === major) return;
    throw new Error(`${data} was made by PostgreSQL ${found}, this is ${major}: dump it there and restore it here.`);
  }
  const making = `${data}.making`;
  rmSync(making, { recursive: true, force: true });
  const flags = ['-U', 'clientele', '-A', 'trust', '-E', 'UTF8', '--locale-provider=builtin'];
  const more = ['--builtin-locale=C.UTF-8', '--no-locale', '--no-instructions', '--no-sync'];
  const made = runAs(owner, join(binaries, 'initdb'), ['-D', making, ...flags, ...more]);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error}`);
  renameSync(making, data);
}

// Waits for PostgreSQL and for the end of our pipe. The pipe closes when this process ends in any way, and the script then stops PostgreSQL.
const guardScript = `exec 3<&0
"$0" "$@" </dev/null 3<&- &
child=$!
{ read -r _ <&3; kill -INT $child; } 2>/dev/null &
reader=$!
exec 3<&-
wait $child
status=$?
kill $reader 2>/dev/null
exit $status`;

type Launch = {
  binaries: string;
  data: string;
  sockets: string;
  owner: Owner;
  settings?: readonly string[];
  onRestart?: (message: string) => void;
};
type Running = { guard: ChildProcess; pid: number };

/** Starts PostgreSQL on `data` and restarts it if it ends without `stop`. */
export async function launch(options: Launch): Promise<{ pid: () => number; stop: () => Promise<void> }> {
  let running = await start(options);
  let stopping: Promise<void> | undefined;
  const restartOnExit = () => running.guard.once('exit', (code) => void (stopping ?? restart(code)));
  const restart = async (code: number | null) => {
    options.onRestart?.(`PostgreSQL ended by itself (exit code ${code}) and is started again`);
    for (;;) {
      await pause(500, undefined, { ref: false });
      if (stopping) return;
      try {
        running = await start(options);
        restartOnExit();
        return;
      } catch (error) {
        options.onRestart?.(String(error));
      }
    }
  };
  restartOnExit();
  return {
    pid: () => running.pid,
    stop: () => {
      stopping ??= end(running);
      return stopping;
    },
  };
}

async function start({ binaries, data, sockets, owner, settings = [] }: Launch): Promise<Running> {
  await stopOrphan(data);
  const log = openSync(join(dirname(data), 'postgres.log'), 'a', 0o600);
  const own = ['listen_addresses=', `unix_socket_directories=${sockets}`, 'unix_socket_permissions=0700', ...settings];
  const args = ['-D', data, ...own.flatMap((setting) => ['-c', setting])];
  const guard = spawn('/bin/sh', ['-c', guardScript, join(binaries, 'postgres'), ...args], {
    ...owner,
    cwd: '/',
    detached: true, // Ctrl-C in a terminal must not stop PostgreSQL before this process
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  guard.unref();
  (guard.stdin as Socket).unref();
  return { guard, pid: await waitUntilReady(data, guard) };
}

async function waitUntilReady(data: string, guard: ChildProcess): Promise<number> {
  const failed = new Promise<never>((_, reject) => {
    guard.once('error', reject);
    guard.once('exit', () => reject(new Error(`PostgreSQL did not start; see ${join(dirname(data), 'postgres.log')}`)));
  });
  failed.catch(() => undefined);
  const becameReady = async () => {
    // No time limit: recovery after a crash may take long, and a failed start ends the guard.
    for (;;) {
      const now = readPostmaster(data);
      if (now?.status === 'ready' && isAlive(now.pid)) return now.pid;
      await pause(5);
    }
  };
  return Promise.race([becameReady(), failed]);
}

/** Asks PostgreSQL to stop, and kills it after ten seconds if it does not (crash recovery runs at the next start). */
async function end({ guard, pid }: Running): Promise<void> {
  if (guard.exitCode !== null || guard.signalCode !== null) return;
  guard.ref();
  const ended = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  guard.stdin?.end();
  const killTimer = new AbortController();
  const killed = pause(10_000, undefined, { signal: killTimer.signal }).then(
    () => process.kill(pid, 'SIGKILL'),
    () => undefined,
  );
  await ended;
  killTimer.abort();
  await killed;
}
