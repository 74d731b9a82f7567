import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { elsewhere, removeData } from './remove-data.ts';

export type Start = {
  /** npm, which runs start.mjs, which runs the server. */
  npm: ChildProcess;
  url: string;
  port: number;
  dataFolder: string;
  /** Its output on both streams. */
  output: () => string;
  /** Milliseconds until it printed its URL. */
  ready: Promise<number>;
  exitCode: Promise<number | null>;
};

/** Runs `npm start`; ends it and removes its data after the test. */
export async function aStart(options: { dataFolder?: string; port?: number; cwd?: string } = {}): Promise<Start> {
  const port = options.port ?? (await freePort());
  const dataFolder = options.dataFolder ?? aDataFolder();
  const began = performance.now();
  const { NODE_OPTIONS: _, VITEST: __, ...environment } = process.env;
  const npm = spawn('npm', ['start'], {
    cwd: options.cwd,
    env: { ...environment, PORT: String(port), CLIENTELE_DATA: dataFolder },
    detached: true, // a process group of its own, as in a terminal
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const exitCode = new Promise<number | null>((resolve) => npm.once('exit', (code) => resolve(code)));
  const ready = (async () => {
    while (!output.includes('Clientele is at')) {
      if (npm.exitCode !== null || npm.signalCode !== null) throw new Error(`it ended: ${output}`);
      await pause(10);
    }
    return performance.now() - began;
  })();
  ready.catch(() => undefined);
  onTestFinished(async () => {
    npm.kill('SIGTERM');
    await exitCode;
  });
  return { npm, url: `http://127.0.0.1:${port}`, port, dataFolder, output: () => output, ready, exitCode };
}

/** A data folder, removed after the test, with the database, which may be elsewhere. */
export function aDataFolder(parent = tmpdir()): string {
  const folder = realpathSync(mkdtempSync(join(parent, 'clientele-start-')));
  onTestFinished(async () => {
    await noneLeft(folder);
    removeData(folder);
  });
  return folder;
}

/** The processes of a data folder, found by environment, command line or working directory. */
export function processesOf(dataFolder: string): { pid: number; command: string }[] {
  const places = [dataFolder, elsewhere(dataFolder)].filter((path) => path !== undefined);
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [environment, command] = [read(`/proc/${pid}/environ`), read(`/proc/${pid}/cmdline`)];
    const belongs =
      environment.split('\0').includes(`CLIENTELE_DATA=${dataFolder}`) || places.some((path) => command.includes(path));
    if (belongs && command && Number(pid) !== process.pid)
      found.push({ pid: Number(pid), command: command.replaceAll('\0', ' ') });
  }
  return found;
}

const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Resolves to [] when no process of the folder is left, or to the remaining ones after `waitMs`. */
export async function noneLeft(dataFolder: string, waitMs = 60_000): Promise<string[]> {
  const until = performance.now() + waitMs;
  for (;;) {
    const left = processesOf(dataFolder).map(({ command }) => command);
    if (left.length === 0 || performance.now() > until) return left;
    await pause(50);
  }
}

export const repository = dirname(dirname(import.meta.dirname));
