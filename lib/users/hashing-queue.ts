import { RegistryError } from '../errors.ts';
import { once } from '../once.ts';

const runningMax = 2;
const waitingMax = 64;

type Queue = { running: number; waiting: (() => void)[] };
const queue = () => once<Queue>('password-hashing', () => ({ running: 0, waiting: [] }));

/** Runs at most two hashings of the process at once; when too many wait, the caller is told to come back. */
export async function inHashingQueue<T>(work: () => Promise<T>): Promise<T> {
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
