import { ServerResponse } from 'node:http';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import type { Db } from '#db/client';
import { selectConsentTerms } from '#db/queries/client-terms';
import { answerInteraction } from '#db/queries/interactions';
import { hashesWithEveryPepper, seal, unseal } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { scopesOfClaims } from '../claims.ts';
import { readProtocolId } from '../clients/registered-client.ts';
import { requestOf, running } from '../running.ts';

/** A request of a client that waits for a person, in the browser that began it. */
export type PendingRequest = {
  uid: string;
  clientId: string;
  /** How many people have allowed the client, counted as far as a thousand. */
  people: number;
  /** Whose the client is. */
  organizationId: string;
  metadataUrl: string | null;
  selfRegistered: boolean;
  grantTypes: readonly string[];
  /** Where the answer leads; undefined for a device, which waits elsewhere. */
  redirectUri: string | undefined;
  /** `login`: the person has to show who they are; `consent`: they are asked. */
  prompt: 'login' | 'consent';
  /** Why they are asked, in oidc-provider's words. */
  reasons: readonly string[];
  /** All that is asked for, also by the name of a claim, and that the client is registered for; what was allowed before included. */
  scopes: readonly string[];
  /** Of these, what the person may decline and still use the app. */
  optionalScopes: readonly string[];
  /** Scopes that are asked for by the URI of a resource (RFC 8707). */
  resources: Readonly<Record<string, readonly string[]>>;
  /** Who was signed in when it began. */
  accountId: string | undefined;
  /** By which sign-in. */
  sessionId: string | undefined;
  /** What was said, and not taken up yet. */
  answer: 'continue' | 'allow' | 'cancel' | undefined;
  /** What was answered to the request a step before. */
  before: InteractionResults | undefined;
  /** Where the browser goes on that brings the answer. */
  returnTo: string;
  /** Whether the answer is a page that posts itself to the client, and so needs the browser. */
  postsItself: boolean;
  loginHint: string | undefined;
};

/** What shows that a request is theirs: the cookies of the browser that began it, who was signed in there, or leave that was given there. */
export type Claim = string | undefined | { accountId: string } | { leave: string };

const leavePurpose = (uid: string) => `to see who asks by ${uid}`;

/** Leave to see who asks, for a page to which a browser does not send the cookie of the request. */
export function leaveToSee(uid: string): string {
  const { sealed, sealingKeyId } = seal(uid, leavePurpose(uid));
  return `${sealingKeyId} ${sealed}`;
}

function mayBeSeen(uid: string, leave: string): boolean {
  const [sealingKeyId = '', sealed = ''] = leave.split(' ', 2);
  try {
    return unseal({ sealed, sealingKeyId }, leavePurpose(uid)) === uid;
  } catch {
    return false; // somebody made it up
  }
}

/** What waits under `uid`; undefined when it is over, was answered, or began in another browser. */
export async function findPendingRequest(uid: string, claim: Claim): Promise<PendingRequest | undefined> {
  const interaction = await open(uid, claim);
  const name = interaction && readProtocolId(String(interaction.params.client_id));
  const terms = name && (await selectConsentTerms(database(), name));
  return terms && { ...describe(uid, interaction), ...termsOf(interaction, terms) };
}

/**
 * Writes down what the person says to what waits; false when it was answered before, or is over. In a transaction nobody else answers
 * before that ends.
 */
export function answerWaiting(
  db: Db,
  { uid, before }: PendingRequest,
  result: InteractionResults & { by?: string },
): Promise<boolean> {
  // What the same person answered a step before still counts.
  const kept = 'error' in result || before?.by !== result.by ? {} : before;
  return answerInteraction(db, { hashes: hashesWithEveryPepper(uid), now: new Date() }, { ...kept, ...result });
}

async function open(uid: string, claim: Claim): Promise<Interaction | undefined> {
  const { provider } = await running();
  if (claim === undefined || (typeof claim === 'string' && cookieOf(provider, claim) !== uid)) return undefined;
  if (typeof claim === 'object' && 'leave' in claim && !mayBeSeen(uid, claim.leave)) return undefined;
  const interaction = await provider.Interaction.find<typeof provider.Interaction.prototype>(uid);
  const isTheirs = typeof claim === 'string' || 'leave' in claim || interaction?.session?.accountId === claim.accountId;
  return isTheirs ? interaction : undefined;
}

/** The interaction that the browser's signed cookie names. */
function cookieOf(provider: Provider, cookie: string): string | undefined {
  const request = requestOf({ method: 'GET', target: '/', headers: { cookie } });
  const context = provider.createContext(request, new ServerResponse(request));
  return context.cookies.get(provider.cookieName('interaction'), { signed: true });
}

type Terms = NonNullable<Awaited<ReturnType<typeof selectConsentTerms>>>;

function termsOf({ params }: Interaction, { scopes: registered, optionalScopes, ...terms }: Terms) {
  const named = typeof params.scope === 'string' ? params.scope.split(' ') : [];
  const asked = new Set([...named, ...scopesOfClaims(params.claims)]);
  const scopes = [...asked].filter((name) => registered.includes(name));
  return { scopes, optionalScopes: scopes.filter((name) => optionalScopes.includes(name)), ...terms };
}

function describe(uid: string, interaction: Interaction) {
  const { prompt, params, session, result, lastSubmission, returnTo } = interaction;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const { missingResourceScopes = {} } = prompt.details as { missingResourceScopes?: Record<string, string[]> };
  return {
    uid,
    redirectUri: text(params.redirect_uri),
    prompt: prompt.name === 'login' ? ('login' as const) : ('consent' as const),
    reasons: prompt.reasons,
    resources: missingResourceScopes,
    accountId: session?.accountId,
    sessionId: session?.uid,
    answer: result && answerOf(result),
    before: lastSubmission,
    returnTo,
    postsItself: params.response_mode === 'form_post',
    loginHint: text(params.login_hint),
  };
}

function answerOf(result: InteractionResults): PendingRequest['answer'] {
  if ('error' in result) return 'cancel';
  return result.consent ? 'allow' : 'continue';
}
