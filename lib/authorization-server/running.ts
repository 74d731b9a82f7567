import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Provider } from 'oidc-provider';
import { database } from '#lib/kernel/database';
import { env } from '#lib/kernel/env';
import { once } from '#lib/kernel/once';
import { scopeNames } from '#lib/scopes/index';
import { openSigningKeys } from '#lib/signing-keys/index';
import { makeProvider } from './provider.ts';
import { inRequest, type RequestState } from './request-state.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Running = { provider: Provider; handle: Handle; source: string };
type State = { running?: Promise<Running>; readAt: number; names: string };

/** How long a process may use rotated keys. Old keys are still published for longer. */
const freshForMs = 5000;
const state = () => once<State>('authorization-server', () => ({ readAt: Number.NEGATIVE_INFINITY, names: '' }));

/** The provider, replaced when the signing keys or the catalogue of scopes have changed. */
export async function running(): Promise<Running> {
  const now = state();
  const names = [...(await scopeNames(database()))];
  if (!now.running || performance.now() - now.readAt > freshForMs || now.names !== names.join()) {
    const next = renew(now.running, names);
    now.running = next;
    now.names = names.join();
    now.readAt = performance.now();
    next.catch(() => {
      if (now.running === next) delete now.running;
    });
  }
  return now.running;
}

async function renew(before: Promise<Running> | undefined, names: string[]): Promise<Running> {
  const signingKeys = await openSigningKeys(database());
  const kids = signingKeys.map(({ kid, publishedUntil }) => `${kid} ${publishedUntil === null}`);
  const source = [...kids, ...names].join();
  const old = await before?.catch(() => undefined);
  if (old?.source === source) return old;
  const provider = makeProvider(signingKeys, names);
  return { provider, handle: handleOf(provider), source };
}

const handleOf = (provider: Provider): Handle => {
  const callback = provider.callback();
  return async (request, response) => {
    await callback(request, response);
  };
};

type ProviderRequest = {
  method: string;
  /** Path and query. */
  target: string;
  /** A form-encoded body. */
  form?: string | undefined;
  headers: Readonly<Record<string, string | undefined>>;
};

/** Sends a request to oidc-provider; the answer is in the request's state. @throws any error of the server, such as of the database */
export async function askProvider(request: ProviderRequest, current: RequestState): Promise<void> {
  const { handle } = await running();
  const message = requestOf(request);
  await inRequest(current, () => handle(message, new ServerResponse(message)));
  if (current.failure !== undefined) throw current.failure;
}

/** Makes the object that oidc-provider reads a request from. No request was received: it only carries these values. */
export function requestOf({ method, target, form, headers }: ProviderRequest): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  const { host, protocol } = new URL(env().appUrl);
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  request.method = method;
  request.url = target;
  request.headers = { host, 'x-forwarded-proto': protocol.slice(0, -1), ...Object.fromEntries(given) };
  if (form !== undefined) {
    request.headers['content-type'] = 'application/x-www-form-urlencoded';
    request.headers['content-length'] = String(Buffer.byteLength(form));
    request.push(form);
  }
  request.push(null);
  return request;
}
