// The preamble of every command. Plain JavaScript: it runs on whatever Node the machine has (20 or newer), and makes
// sure that everything after it runs on the Node and the packages that package-lock.json pins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.installed');

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing packages …');
  // npm itself by the Node that runs us: no shell, so spaces in paths do not matter; NODE_ENV=production must not leave packages out.
  const npm = process.env.npm_execpath ?? 'npm';
  const [file, first] = npm.endsWith('.js') ? [process.execPath, [npm]] : [npm, []];
  const flags = ['ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync(file, [...first, ...flags, '--no-engine-strict'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    console.error(
      `Packages could not be installed${error ? `: ${error.message}` : ''}. Is the npm registry reachable?`,
    );
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lock);
}

/** Installs what is missing and answers the path of the pinned Node. */
export function prepare() {
  install();
  const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `There is no packaged Node 24 for ${process.platform} ${process.arch}: install Node 24 (this is ${process.version}).`,
  );
  return process.exit(1);
}
