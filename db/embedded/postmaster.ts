import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Reads `postmaster.pid`, which PostgreSQL writes into its data folder; undefined if there is none. */
export function readPostmaster(data: string): { pid: number; sockets: string; status: string } | undefined {
  try {
    const [pid, , , , sockets = '', , , status = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(pid), sockets, status: status.trim() };
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Process ids of the PostgreSQL processes on this data folder: it is their working directory. A zombie has no working directory. */
function processesOn(data: string): number[] {
  if (!existsSync('/proc/self/cwd')) return processesByPs(data);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => cwdOf(pid) === data).map(Number);
}

function cwdOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

// Without /proc (macOS): finds the postmaster by its command line. Its children end with it.
function processesByPs(data: string): number[] {
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' });
  const lines = stdout.split('\n').filter((line) => line.includes(`/postgres -D ${data} `));
  return lines.map((line) => Number.parseInt(line, 10));
}

/**
 * Cleans up after a killed process: waits for a PostgreSQL that is stopping, stops an orphan, and removes a stale pid file, because
 * PostgreSQL mistakes a reused pid or a zombie for a running server. The caller holds the folder's lock.
 */
export async function stopOrphan(data: string): Promise<void> {
  const began = performance.now();
  let sent: NodeJS.Signals | undefined;
  for (;;) {
    const pids = processesOn(data);
    if (pids.length === 0) return rmSync(join(data, 'postmaster.pid'), { force: true });
    const waited = performance.now() - began;
    const due = waited > 10_000 ? 'SIGKILL' : 'SIGINT';
    if (due !== sent) for (const pid of due === 'SIGKILL' ? pids : postmasterOf(data, pids)) signal(pid, due);
    sent = due;
    if (waited > 20_000) throw new Error(`PostgreSQL (process ${pids.join(', ')}) still works in ${data}.`);
    await pause(10);
  }
}

function postmasterOf(data: string, pids: number[]): number[] {
  const pid = readPostmaster(data)?.pid;
  return pid !== undefined && pids.includes(pid) ? [pid] : pids;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
