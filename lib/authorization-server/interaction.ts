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
import { findPendingRequest, leaveToSee, type PendingRequest } from './interaction/pending-request.ts';

/** Where the answer leads: a website, a program on this device by its address or by a scheme of its own. */
export type Destination = { kind: 'website' | 'loopback' | 'app'; name: string };

/**
 * What the page does with a request that waits: have the person sign in, go on by itself, say that the app is not for them, or ask.
 */
export type ConsentState = 'sign_in' | 'continue' | 'members_only' | 'ask';

export type ConsentRequest = {
  state: ConsentState;
  uid: string;
  client: PublicClient;
  destination: Destination;
  /** What was allowed before counts for nothing: the person is asked each time. */
  askedEachTime: boolean;
  /** The client's, by where this very request leads. */
  standing: Standing;
  /** The domain that is proved to be its publisher's and to which this request leads. */
  verifiedDomain: string | undefined;
  /** Whether it came within the last month; one that describes itself, also while few people have allowed it (rule C6). */
  isNew: boolean;
  /** How many people use it, rounded down; 0 is fewer than ten. */
  people: number;
  /** In what it describes itself otherwise than when the person allowed it (rule C7). */
  changes: readonly Change[];
  /** Each scope that is asked for, as the client named it. */
  scopes: { name: string; optional: boolean; allowedBefore: boolean }[];
  /** The organization of the person in which the app acted so far. */
  organizationId: string | null;
  loginHint: string | undefined;
  /** For how long the app stays connected by a refresh token, if it gets one: until the person signs out, or ends the access. */
  staysConnected: 'session' | 'lasting' | undefined;
};

/** How many people have to have allowed an app that describes itself before it is no stranger here (rule C6). */
const knownFrom = 100;

/** The request under `uid` of this browser, for the page that asks; undefined when it is over or somebody else's. */
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
      allowedBefore: grant?.scopes.includes(name) ?? false,
    })),
    organizationId: grant?.organizationId ?? null,
    loginHint: waiting.loginHint,
    staysConnected: connectionOf(waiting),
  };
}

/** Where a person who signs in comes back to the request; the address lets the page to sign in say who asks. */
export const wayBackTo = (uid: string): string =>
  `/consent/${uid}/continue?${new URLSearchParams({ asks: leaveToSee(uid) })}`;

/** Who asks by the request to which `path` leads back; undefined where it leads elsewhere, or the request is over. */
export async function findAsking({ db }: Context, path: string) {
  const [, uid] = /^\/consent\/([\w-]+)\/continue\?/.exec(path) ?? [];
  const leave = new URLSearchParams(path.split('?', 2)[1]).get('asks');
  const waiting = uid && leave ? await findPendingRequest(uid, { leave }) : undefined;
  const client = waiting && (await findPublicClient(db, waiting.clientId));
  return client && { client, ...(await judgeDestination({ db }, client, waiting)) };
}

/** Where the answer leads, and what that makes of who asks. */
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

/** What is to be done next for who is signed in now. */
export function stateOf(waiting: PendingRequest, person: Person | undefined): ConsentState {
  if (!person) return 'sign_in';
  if (waiting.prompt === 'login') return waiting.sessionId === person.sessionId ? 'sign_in' : 'continue';
  // Somebody else than the one for whom it was found that they have to be asked.
  if (waiting.accountId !== person.userId) return 'continue';
  return waiting.reasons.includes('members_only') ? 'members_only' : 'ask';
}

function destinationOf(redirectUri: string | undefined): Destination {
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return { kind: 'app', name: '' };
  const { protocol, hostname, host } = new URL(redirectUri);
  if (protocol !== 'https:' && protocol !== 'http:') return { kind: 'app', name: protocol.slice(0, -1) };
  return isLoopbackHost(hostname) ? { kind: 'loopback', name: host } : { kind: 'website', name: host };
}
