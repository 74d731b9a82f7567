import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { normalisePassword } from './password.ts';

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** The second of the parameter sets that OWASP recommends: 19 MiB, two passes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;
const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** The argon2id hash of a password in PHC form (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`). */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const message = normalisePassword(password);
  const tag = await inHashingQueue(() => derive('argon2id', { ...cost, message, nonce, tagLength }));
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** The hash to check if there is no account: the check takes the same time, and no password matches. */
const dummyHash = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(tagLength))}`;

/** Whether `hash` is the hash of the password. Without a hash, does the same work and returns false. */
export async function isPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = form.exec(hash ?? dummyHash) ?? [];
  if (!salt || !tag) throw new Error('a stored password hash is not argon2id in PHC form');
  const expected = Buffer.from(tag, 'base64');
  const found = await inHashingQueue(() =>
    derive('argon2id', {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      message: normalisePassword(password),
      nonce: Buffer.from(salt, 'base64'),
      tagLength: expected.length,
    }),
  );
  return timingSafeEqual(found, expected) && hash != null;
}

/** Whether the hash has other parameters than new hashes have. The next sign-in then stores a new hash. */
export const needsRehash = (hash: string): boolean =>
  !hash.startsWith(`$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$`);

const runningMax = 2;
const waitingMax = 64;

type Queue = { running: number; waiting: (() => void)[] };
const queue = () => once<Queue>('password-hashing', () => ({ running: 0, waiting: [] }));

/** Runs `work` while at most two hashings run in the process. @throws rate_limited: too many wait already */
async function inHashingQueue<T>(work: () => Promise<T>): Promise<T> {
  const state = queue();
  if (state.running >= runningMax) {
    if (state.waiting.length >= waitingMax)
      throw new RegistryError('rate_limited', 'Very many people are signing in. Try again in a few seconds.', {
        retryAfterSeconds: 3,
      });
    await new Promise<void>((resolve) => state.waiting.push(resolve));
  } else state.running++;
  try {
    return await work();
  } finally {
    // The next waiting call takes over this place: `running` stays the same, so that no other call can take it first.
    const next = state.waiting.shift();
    if (next) next();
    else state.running--;
  }
}
