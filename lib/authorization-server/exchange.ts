import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClaimsParameter } from 'oidc-provider';
import type { selectClientToAuthenticate } from '#db/queries/client-credentials';
import type { Person } from '#lib/kernel/actor';
import { once } from '#lib/kernel/once';
import type { NewRefusal } from '#lib/refusals/index';
import type { ResourceOffer } from '#lib/resources/index';

/** A client as the registry has it, with what it takes to authenticate it. */
export type RegisteredClient = NonNullable<Awaited<ReturnType<typeof selectClientToAuthenticate>>>;

/** For which resources a token is, none or several; of a person's, what it carries and the claims that were asked for by name. */
export type Audience = {
  resources: readonly ResourceOffer[];
  scope?: string;
  claims?: ClaimsParameter | undefined;
};

/** One request and what becomes known while oidc-provider answers it: its own context belongs to it, and its clients outlive a request. */
export type Exchange = {
  /** The caller's, as rate limits count it. */
  network: string;
  /** Every client that was looked up. */
  clients: Map<string, RegisteredClient>;
  /** The caller said by no means who it is but a name: what it may do is what a public client may do. */
  withoutCredential: boolean;
  /** Whose browser it is, where a person's browser asks. */
  person?: Person | undefined;
  /** The client for which the registry itself answers, with a secret that this request alone knows. */
  vouched?: { protocolId: string; secret: string };
  /** A redirect URI that is being pushed. */
  pushedRedirectUri?: string | undefined;
  /** A redirect URI that is not registered, and why it is not accepted; accepted when nothing says why. */
  preview?: { uri: string; refusal: string | undefined };
  /** The client assertion that was sent (RFC 7521), not looked at yet. */
  assertion?: string | undefined;
  /** Who the caller says it is. */
  clientId?: string;
  /** The secret by which the client showed who it is. */
  secretId?: string;
  /** What the person allowed, where that was looked up. */
  grant?: {
    id: string;
    usedAt: Date | null;
    /** The client describes itself otherwise since. */
    hasChanged: boolean;
  };
  /** Resources that were looked up, by the URI as it was asked for. */
  targets?: Map<string, ResourceOffer>;
  /** For what the token is that is being made, where its request leaves that to what was asked before or to its scopes. */
  audience?: Audience;
  answer?: { status: number; headers: Record<string, string | string[]>; body: unknown };
  /** Why a browser was sent nowhere. */
  refusal?: Refusal;
  /** Why the request was refused, for the owner of its client; or, once it was answered, what of it is worth knowing. */
  refused?: Omit<NewRefusal, 'clientId'>;
  /** What went wrong that the caller cannot help. */
  failure?: unknown;
};

/** A request of a browser that is answered by a page of ours, because nothing says where else it could go safely. */
export type Refusal = {
  error: string;
  description: string;
  /** It was answered before, took too long, or began in another browser. */
  isOver: boolean;
};

const exchanges = () => once('authorization-exchanges', () => new AsyncLocalStorage<Exchange>());

/** The request that is being answered. */
export function exchange(): Exchange {
  const current = exchanges().getStore();
  if (!current) throw new Error('the authorization server was asked outside of a request');
  return current;
}

export const inExchange = <T>(of: Exchange, work: () => Promise<T>): Promise<T> => exchanges().run(of, work);

/** The request that is being answered, if there is one: artifacts are also kept and ended outside of requests. */
export const exchangeIfAny = (): Exchange | undefined => exchanges().getStore();
