import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { database } from '../database.ts';
import { once } from '../once.ts';
import { scopeNames } from '../scopes/index.ts';
import { openSigningKeys } from '../signing-keys/index.ts';
import { makeProvider } from './provider.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Running = { provider: Provider; handle: Handle; madeOf: string };
type State = { running?: Promise<Running>; readAt: number };

/** How long a process may go on with keys that were rotated, or a catalogue that was changed elsewhere; old keys are still published then. */
const freshForMs = 5000;
const state = () => once<State>('authorization-server', () => ({ readAt: Number.NEGATIVE_INFINITY }));

/** The provider with the keys and the catalogue of now, made anew when they changed. */
export async function running(): Promise<Running> {
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
  return now.running;
}

async function renew(before: Promise<Running> | undefined): Promise<Running> {
  const [signingKeys, names] = await Promise.all([openSigningKeys(database()), scopeNames(database())]);
  const kids = signingKeys.map(({ kid, publishedUntil }) => `${kid} ${publishedUntil === null}`);
  const madeOf = [...kids, ...names].join();
  const old = await before;
  if (old?.madeOf === madeOf) return old;
  const provider = makeProvider(signingKeys, [...names]);
  return { provider, handle: handleOf(provider), madeOf };
}

const handleOf = (provider: Provider): Handle => {
  const callback = provider.callback();
  return async (request, response) => {
    await callback(request, response);
  };
};
