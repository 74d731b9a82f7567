import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from './env.ts';
import { once } from './once.ts';

/** Rows store the `id`: kind, number and a fingerprint, which tells the keys of two installations apart. */
export type Key = { id: string; key: Buffer };
export type Keys = {
  /** The current key for hashing credentials, and all keys by id. */
  pepper: Key;
  peppers: ReadonlyMap<string, Buffer>;
  /** The current key for sealing texts (AES-256-GCM), and all keys by id. */
  sealing: Key;
  sealingKeys: ReadonlyMap<string, Buffer>;
  /** Signs and encrypts the session cookie. */
  session: string;
  /** Signs the cursors of lists. */
  cursor: Buffer;
};

const kinds = ['pepper', 'sealing', 'session', 'cursor'] as const;
export type KeyKind = (typeof kinds)[number];

/** Reads the keys in `folder` and creates missing kinds. Each key is a file, `pepper-1`, `pepper-2` …; the highest number is the current key. */
export function openKeys(folder: string): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const all = Object.fromEntries(
    kinds.map((kind) => [kind, namesOf(folder, kind).map((name) => readKey(folder, name))]),
  ) as Record<KeyKind, Key[]>;
  for (const kind of kinds) if (all[kind].length === 0) all[kind] = [addKey(folder, kind)];
  const inForce = (kind: KeyKind) => all[kind].at(-1) as Key;
  const byId = (kind: KeyKind) => new Map(all[kind].map(({ id, key }) => [id, key]));
  return {
    pepper: inForce('pepper'),
    peppers: byId('pepper'),
    sealing: inForce('sealing'),
    sealingKeys: byId('sealing'),
    session: inForce('session').key.toString('base64url'),
    cursor: inForce('cursor').key,
  };
}

/** Whether `folder` has at least one key of each kind. Unlike `openKeys` it creates none. */
export const hasKeys = (folder: string): boolean =>
  existsSync(folder) && kinds.every((kind) => namesOf(folder, kind).length > 0);

/** Adds a key, which is current from the next start on. Older keys stay usable. */
export function addKey(folder: string, kind: KeyKind): Key {
  const number = (namesOf(folder, kind).map(numberOf).at(-1) ?? 0) + 1;
  const file = join(folder, `${kind}-${number}`);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file); // atomic, and fails if another process has created the file
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readKey(folder, `${kind}-${number}`);
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
const numberOf = (name: string) => Number(name.split('-')[1]);

function namesOf(folder: string, kind: KeyKind): string[] {
  const names = readdirSync(folder).filter((name) => new RegExp(`^${kind}-[1-9][0-9]*$`).test(name));
  return names.sort((a, b) => numberOf(a) - numberOf(b));
}

function readKey(folder: string, name: string): Key {
  const file = join(folder, name);
  const text = readPrivateFile(file).trim();
  if (!/^[\w-]{43}$/.test(text))
    throw new Error(`${file} is not a key (43 characters of base64url): restore it from a backup.`);
  const key = Buffer.from(text, 'base64url');
  return { id: `${name}.${createHash('sha256').update(key).digest('hex').slice(0, 8)}`, key };
}

function readPrivateFile(file: string): string {
  try {
    if ((statSync(file).mode & 0o077) !== 0) throw new Error(`${file} can be read by others: chmod 600 it.`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
    throw new Error(`${file} cannot be read: start as the user who owns it.`, { cause: error });
  }
}

export const keysFolder = (dataFolder: string): string => join(dataFolder, 'keys');

/** The keys of this installation, read once per process from the data folder. The first start creates them. */
export const keys = (): Keys => once('keys', () => openKeys(keysFolder(env().dataFolder)));
