import type { IncomingMessage, ServerResponse } from 'node:http';
import { database } from '../database.ts';
import { once } from '../once.ts';
import { openSigningKeys } from '../signing-keys/index.ts';
import { makeProvider } from './provider.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Running = { handle: Handle; kids: string };
type State = { running?: Promise<Running>; readAt: number };

/** How long a process may go on signing with a key that was rotated elsewhere; it is still published then. */
const freshForMs = 5000;
const state = () => once<State>('authorization-server', () => ({ readAt: Number.NEGATIVE_INFINITY }));

/** The provider with the keys of now, made anew when they were rotated. */
export async function runningProvider(): Promise<Handle> {
  const now = state();
  if (!now.running || performance.now() - now.readAt > freshForMs) {
    const before = now.running;
    const next = renew(before);
    now.running = next;
    now.readAt = performance.now();
    next.catch(() => {
      if (now.running === next) now.running = undefined;
    });
  }
  return (await now.running).handle;
}

async function renew(before: Promise<Running> | undefined): Promise<Running> {
  const signingKeys = await openSigningKeys(database());
  const kids = signingKeys.map(({ kid, publishedUntil }) => `${kid} ${publishedUntil === null}`).join();
  const running = await before;
  return running?.kids === kids ? running : { handle: handleOf(makeProvider(signingKeys)), kids };
}

const handleOf = (provider: ReturnType<typeof makeProvider>): Handle => {
  const callback = provider.callback();
  return async (request, response) => {
    await callback(request, response);
  };
};
