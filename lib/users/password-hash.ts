import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { normalisePassword } from './password.ts';

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** OWASP's second choice: 19 MiB, two passes. */
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

/** Stands in for the hash that an unknown address does not have: it costs as much and matches nothing. */
const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(tagLength))}`;

/** Whether the password is the one behind `hash`; without a hash the same work is done and the answer is no. */
export async function isPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = form.exec(hash ?? nobody) ?? [];
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

/** Whether the hash was made with another cost than today's and is to be made anew at the next sign-in. */
export const needsRehash = (hash: string): boolean =>
  !hash.startsWith(`$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$`);

const runningMax = 2;
const waitingMax = 64;

type Queue = { running: number; waiting: (() => void)[] };
const queue = () => once<Queue>('password-hashing', () => ({ running: 0, waiting: [] }));

/** Runs at most two hashings of the process at once; when too many wait, the caller is told to come back. */
async function inHashingQueue<T>(work: () => Promise<T>): Promise<T> {
  const line = queue();
  if (line.running >= runningMax) {
    if (line.waiting.length >= waitingMax)
      throw new RegistryError('rate_limited', 'Very many people are signing in. Try again in a few seconds.', {
        retryAfterSeconds: 3,
      });
    await new Promise<void>((resolve) => line.waiting.push(resolve));
  } else line.running++;
  try {
    return await work();
  } finally {
    // The place goes straight to the next in line, so nobody slips in between.
    const next = line.waiting.shift();
    if (next) next();
    else line.running--;
  }
}
