import { isLoopbackHost } from '#lib/clients/rules';
import { provedDomain } from '#lib/domains/index';
import { findGrant, roundPeople } from '#lib/grants/index';
import type { Person } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { type Change, changesSince, snapshotOf } from '#lib/metadata-documents/rules';
import {
  findPublicClient,
  isNew,
  maySkipConsent,
  type PublicClient,
  type Standing,
  standingOfRequest,
} from '#lib/public-info/index';
import { findPendingRequest, type PendingRequest, sealPass } from './interaction/pending-request.ts';

/** Where the answer is sent: a website, a program on this device at a loopback address, or an app with its own scheme. */
export type Destination = { kind: 'website' | 'loopback' | 'app'; name: string };

/** What the page does: it asks the person to sign in, continues by itself, explains that the app is for members only, or asks for consent. */
export type ConsentState = 'sign_in' | 'continue' | 'members_only' | 'ask';

export type ConsentRequest = {
  state: ConsentState;
  uid: string;
  client: PublicClient;
  destination: Destination;
  /** An earlier consent does not count: the person is asked each time. */
  askedEachTime: boolean;
  /** The client's standing, which depends on the redirect URI of this request. */
  standing: Standing;
  /** The verified domain of the publisher, if the redirect URI of this request is under it. */
  verifiedDomain: string | undefined;
  /** The client is younger than a month; with a metadata document, also if few people have a grant for it (rule C6). */
  isNew: boolean;
  /** The number of people with a grant, rounded down; 0 means fewer than ten. */
  people: number;
  /** The changes of its metadata document since the person's consent (rule C7). */
  changes: readonly Change[];
  /** The requested scopes. */
  scopes: { name: string; optional: boolean; implied: boolean; allowedBefore: boolean }[];
  /** The organization in which the grant applies so far. */
  organizationId: string | null;
  loginHint: string | undefined;
  /** Until when the app's refresh token works, if it gets one: `session`: the person signs out; `lasting`: they revoke the grant. */
  staysConnected: 'session' | 'lasting' | undefined;
};

/** With this many grants, a client with a metadata document is not shown as new (rule C6). */
const knownFrom = 100;

/** The request `uid` of this browser, for the consent page; undefined if it has expired or began in another browser. */
export async function findConsentRequest(
  ctx: Context,
  uid: string,
  cookie: string | undefined,
): Promise<ConsentRequest | undefined> {
  const waiting = await findPendingRequest(uid, cookie);
  const client = waiting && (await findPublicClient(ctx.db, waiting.clientId));
  if (!waiting || !client) return undefined;
  const person = ctx.actor.kind === 'person' ? ctx.actor : undefined;
  const grant = person && (await findGrant(ctx, client.clientId));
  const judged = await judgeDestination(ctx, client, waiting);
  const website = judged.destination.kind === 'website';
  return {
    state: stateOf(waiting, person),
    uid,
    client,
    ...judged,
    askedEachTime: !maySkipConsent(client, { website, proved: judged.verifiedDomain !== undefined }),
    isNew: isNew(client) || (client.metadataUrl !== null && waiting.people < knownFrom),
    people: roundPeople(waiting.people),
    changes: grant ? changesSince(grant.snapshot, snapshotOf(grant.client)) : [],
    scopes: waiting.scopes.map((name) => ({
      name,
      optional: waiting.optionalScopes.includes(name),
      implied: waiting.impliedScopes.includes(name),
      allowedBefore: grant?.scopes.includes(name) ?? false,
    })),
    organizationId: grant?.organizationId ?? null,
    loginHint: waiting.loginHint,
    staysConnected: connectionOf(waiting),
  };
}

/** The path to which a person returns after signing in. With it, the sign-in page can show which app asks. */
export const wayBackTo = (uid: string): string =>
  `/consent/${uid}/continue?${new URLSearchParams({ asks: sealPass(uid) })}`;

/** The app whose request continues at `path` (`wayBackTo`); undefined for another path, or if the request has expired. */
export async function findAsking({ db }: Context, path: string) {
  const [, uid] = /^\/consent\/([\w-]+)\/continue\?/.exec(path) ?? [];
  const pass = new URLSearchParams(path.split('?', 2)[1]).get('asks');
  const waiting = uid && pass ? await findPendingRequest(uid, { pass }) : undefined;
  const client = waiting && (await findPublicClient(db, waiting.clientId));
  return client && { client, ...(await judgeDestination({ db }, client, waiting)) };
}

/** The destination of the answer, and the client's standing that follows from it. */
async function judgeDestination({ db }: Pick<Context, 'db'>, client: PublicClient, waiting: PendingRequest) {
  const destination = destinationOf(waiting.redirectUri);
  const verifiedDomain = await provedDomain(db, waiting, waiting.redirectUri);
  const website = destination.kind === 'website';
  const standing = standingOfRequest(client, { website, provedDomain: verifiedDomain });
  return { destination, verifiedDomain, standing };
}

function connectionOf({ grantTypes, scopes }: PendingRequest): ConsentRequest['staysConnected'] {
  if (!grantTypes.includes('refresh_token')) return undefined;
  return scopes.includes('openid') && !scopes.includes('offline_access') ? 'session' : 'lasting';
}

/** The state of the request for the person who is signed in now. */
export function stateOf(waiting: PendingRequest, person: Person | undefined): ConsentState {
  if (!person) return 'sign_in';
  if (waiting.prompt === 'login') return waiting.sessionId === person.sessionId ? 'sign_in' : 'continue';
  // oidc-provider decided for another person that consent is needed; it must decide again for this one.
  if (waiting.accountId !== person.userId) return 'continue';
  return waiting.reasons.includes('members_only') ? 'members_only' : 'ask';
}

function destinationOf(redirectUri: string | undefined): Destination {
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return { kind: 'app', name: '' };
  const { protocol, hostname, host } = new URL(redirectUri);
  if (protocol !== 'https:' && protocol !== 'http:') return { kind: 'app', name: protocol.slice(0, -1) };
  return isLoopbackHost(hostname) ? { kind: 'loopback', name: host } : { kind: 'website', name: host };
}
