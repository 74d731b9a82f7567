import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Provider } from 'oidc-provider';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { once } from '#lib/kernel/once';
import { scopeNames } from '#lib/scopes/index';
import { openSigningKeys } from '#lib/signing-keys/index';
import { type Exchange, inExchange } from './exchange.ts';
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
      if (now.running === next) delete now.running;
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

type Question = {
  method: string;
  /** Path and query. */
  target: string;
  /** A form-encoded body. */
  form?: string | undefined;
  headers: Readonly<Record<string, string | undefined>>;
};

/** Hands oidc-provider a request as Node would; what it answers is in the exchange. Throws what the caller cannot help. */
export async function askProvider(question: Question, current: Exchange): Promise<void> {
  const { handle } = await running();
  const request = requestOf(question);
  await inExchange(current, () => handle(request, new ServerResponse(request)));
  if (current.failure !== undefined) throw current.failure;
}

/** A request that nobody sent, from its cookies alone: as oidc-provider wants to be told of a browser. */
export function requestOf({ method, target, form, headers }: Question): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  const { host, protocol } = new URL(env().appUrl);
  const said = Object.entries(headers).filter(([, value]) => value !== undefined);
  request.method = method;
  request.url = target;
  request.headers = { host, 'x-forwarded-proto': protocol.slice(0, -1), ...Object.fromEntries(said) };
  if (form !== undefined) {
    request.headers['content-type'] = 'application/x-www-form-urlencoded';
    request.headers['content-length'] = String(Buffer.byteLength(form));
    request.push(form);
  }
  request.push(null);
  return request;
}
