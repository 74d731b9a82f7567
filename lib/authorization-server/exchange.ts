import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from '../once.ts';
import type { RegisteredClient } from './registered-client.ts';

/** One request and what becomes known while oidc-provider answers it: its own context belongs to it, and its clients outlive a request. */
export type Exchange = {
  /** The caller's, as rate limits count it. */
  network: string;
  /** Every client that was looked up. */
  clients: Map<string, RegisteredClient>;
  /** The client assertion that was sent (RFC 7521), not looked at yet. */
  assertion?: string | undefined;
  /** Who the caller says it is. */
  clientId?: string;
  /** The secret by which the client showed who it is. */
  secretId?: string;
  answer?: { status: number; headers: Record<string, string>; body: unknown };
  /** What went wrong that the caller cannot help. */
  failure?: unknown;
};

const exchanges = () => once('authorization-exchanges', () => new AsyncLocalStorage<Exchange>());

/** The request that is being answered. */
export function exchange(): Exchange {
  const current = exchanges().getStore();
  if (!current) throw new Error('the authorization server was asked outside of a request');
  return current;
}

export const inExchange = <T>(of: Exchange, work: () => Promise<T>): Promise<T> => exchanges().run(of, work);

/** The secret that was shown in the request that is being answered, if one was and if there is a request. */
export const secretShown = (): string | undefined => exchanges().getStore()?.secretId;
