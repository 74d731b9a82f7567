import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from './env.ts';
import { once } from './once.ts';

type Key = { id: string; key: Buffer };

function keyIn(folder: string, name: string): Key {
  const file = join(folder, name);
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return { id: name, key: Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url') };
}

function load() {
  const folder = join(env().dataFolder, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sealing = keyIn(folder, 'sealing-1');
  return {
    pepper: keyIn(folder, 'pepper-1'),
    sealing,
    sealingKeys: new Map([[sealing.id, sealing.key]]),
    session: keyIn(folder, 'session-1').key.toString('base64url'),
    cursor: keyIn(folder, 'cursor-1').key,
  };
}

/** Secrets and keys of this installation: files (mode 0600) in the data folder, made at first start. */
export const keys = () => once('keys', load);
