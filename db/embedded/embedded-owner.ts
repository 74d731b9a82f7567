import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The user that PostgreSQL runs as, if it is another one: PostgreSQL refuses to run as root. */
export type Owner = { uid: number; gid: number } | undefined;

/** Returns undefined for a normal user. For root: the owner of the existing data, otherwise the first suitable system user. */
export function ownerOf(folder: string): Owner {
  if (process.getuid?.() !== 0) return undefined;
  const data = statSync(join(folder, 'postgres'), { throwIfNoEntry: false });
  if (data && data.uid !== 0) return { uid: data.uid, gid: data.gid };
  for (const name of ['clientele', 'postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)];
    if (uid > 0) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this system has no user clientele, postgres or nobody: set DATABASE_URL, or start as another user.',
  );
}

const idOf = (what: '-u' | '-g', name: string) => Number(spawnSync('id', [what, name], { encoding: 'utf8' }).stdout);

/** Runs a program as `owner` and waits for it. */
export function runAs(owner: Owner, file: string, args: readonly string[]) {
  return spawnSync(file, args, { ...owner, cwd: '/', encoding: 'utf8' });
}
