import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClaimsParameter } from 'oidc-provider';
import type { selectClientToAuthenticate } from '#db/queries/client-credentials';
import type { Person } from '#lib/kernel/actor';
import { once } from '#lib/kernel/once';
import type { NewRefusal } from '#lib/refusals/index';
import type { ResourceOffer } from '#lib/resources/index';

/** A client as the registry stores it, with the data to authenticate it. `scopes`: those that it can ask for now, implied ones too. */
export type RegisteredClient = NonNullable<Awaited<ReturnType<typeof selectClientToAuthenticate>>> & {
  /** The scopes of its registration, retired ones too. */
  registeredScopes: readonly string[];
  /** The resources that offer any of its scopes. */
  offers: readonly ResourceOffer[];
};

/** The resources that a token is for; none or several. */
export type Audience = {
  resources: readonly ResourceOffer[];
  /** The scope of a person's token. */
  scope?: string;
  /** The `claims` parameter of a person's authorization. */
  claims?: ClaimsParameter | undefined;
};

/**
 * One request, and the facts that become known while oidc-provider answers it. They are kept here because oidc-provider owns its request
 * context, and its client objects outlive a request.
 */
export type RequestState = {
  /** The caller's network, as rate limits count it. */
  network: string;
  /** Every client that was looked up, by protocol id. */
  clients: Map<string, RegisteredClient>;
  /** The request carries no client credential, at most a client id: the caller may do only what a public client may do. */
  withoutCredential: boolean;
  /** The signed-in person, for a request of a browser. */
  person?: Person | undefined;
  /** The client on whose behalf the registry itself makes the request, with a secret for this request only. */
  vouched?: { protocolId: string; secret: string };
  /** The redirect URI of a pushed request (RFC 9126). */
  pushedRedirectUri?: string | undefined;
  /** A redirect URI that is not registered, with the reason why it is refused; undefined if it is accepted as a preview. */
  preview?: { uri: string; refusal: string | undefined };
  /** The client assertion (RFC 7521), not verified. */
  assertion?: string | undefined;
  /** The client id that the caller sent, not verified. */
  clientId?: string;
  /** The id of the secret that authenticated the client. */
  secretId?: string;
  /** The person's grant to the client, once it was looked up. */
  grant?: {
    id: string;
    usedAt: Date | null;
    /** The client's metadata has changed since the person consented. */
    hasChanged: boolean;
  };
  /** Resources that were looked up, by the URI that the request contains. */
  targets?: Map<string, ResourceOffer>;
  /** The audience of the token being issued, if it follows from the grant or from the scopes rather than from this request. */
  audience?: Audience;
  answer?: { status: number; headers: Record<string, string | string[]>; body: unknown };
  /** Set if the browser gets an error page instead of a redirect. */
  refusal?: Refusal;
  /** The refusal to note for the client's owner; also for a request that was answered but that the owner should know about. */
  refused?: Omit<NewRefusal, 'clientId'>;
  /** An error of the server, not of the caller. */
  failure?: unknown;
};

/** An authorization error that is shown on a page, because there is no redirect URI that is safe to send it to. */
export type Refusal = {
  error: string;
  description: string;
  /** The interaction was answered already, has expired, or began in another browser. */
  isOver: boolean;
};

const requestStates = () => once('authorization-requests', () => new AsyncLocalStorage<RequestState>());

/** The current request. */
export function currentRequest(): RequestState {
  const current = requestStates().getStore();
  if (!current) throw new Error('no request to the authorization server is in progress');
  return current;
}

export const inRequest = <T>(of: RequestState, work: () => Promise<T>): Promise<T> => requestStates().run(of, work);

/** The current request, if any: artifacts are also stored and ended outside requests. */
export const currentRequestIfAny = (): RequestState | undefined => requestStates().getStore();
