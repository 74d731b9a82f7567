import { ServerResponse } from 'node:http';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import type { Db } from '#db/client';
import { selectConsentTerms } from '#db/queries/client-terms';
import { answerInteraction } from '#db/queries/interactions';
import { hashesWithEveryPepper, seal, unseal } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { consentTerms, effectiveScopes } from '#lib/scopes/index';
import { scopesOfClaims } from '../claims.ts';
import { readProtocolId } from '../clients/registered-client.ts';
import { requestOf, running } from '../running.ts';

/** A client's request that waits for a person, in the browser that began it. */
export type PendingRequest = {
  uid: string;
  clientId: string;
  /** The number of people with a grant for the client, counted up to a thousand. */
  people: number;
  /** The client's organization. */
  organizationId: string;
  metadataUrl: string | null;
  selfRegistered: boolean;
  grantTypes: readonly string[];
  /** Where the answer is sent; undefined if the request has none. */
  redirectUri: string | undefined;
  /** `login`: the person must sign in; `consent`: they are asked. */
  prompt: 'login' | 'consent';
  /** The names of the checks that require the prompt (`consent-policy.ts`). */
  reasons: readonly string[];
  /** The requested scopes, including those of requested claims and those consented to before, as far as the client is registered for them. */
  scopes: readonly string[];
  /** The scopes among them that the person may decline. */
  optionalScopes: readonly string[];
  /** The requested scopes that another one implies and that the client did not register. */
  impliedScopes: readonly string[];
  /** The requested scopes of each resource, by its URI (RFC 8707). */
  resources: Readonly<Record<string, readonly string[]>>;
  /** The person who was signed in when the request began. */
  accountId: string | undefined;
  /** The session in which they were signed in. */
  sessionId: string | undefined;
  /** The stored answer, until the browser returns. */
  answer: 'continue' | 'allow' | 'cancel' | undefined;
  /** The answer to the previous prompt of the request. */
  before: InteractionResults | undefined;
  /** The URL at which the browser continues the request. */
  returnTo: string;
  /** Whether the answer is a page that posts itself to the client (`form_post`), which needs the browser. */
  postsItself: boolean;
  loginHint: string | undefined;
};

/** Proof that the caller may see a request: the browser's cookies, the id of the person who was signed in there, or a sealed pass. */
export type RequestProof = string | undefined | { accountId: string } | { pass: string };

const passPurpose = (uid: string) => `to see who asks by ${uid}`;

/** Seals a pass that shows which app makes the request, for a page to which the browser does not send the request's cookie. */
export function sealPass(uid: string): string {
  const { sealed, sealingKeyId } = seal(uid, passPurpose(uid));
  return `${sealingKeyId} ${sealed}`;
}

function isPassFor(uid: string, pass: string): boolean {
  const [sealingKeyId = '', sealed = ''] = pass.split(' ', 2);
  try {
    return unseal({ sealed, sealingKeyId }, passPurpose(uid)) === uid;
  } catch {
    return false; // forged
  }
}

/** The request `uid`; undefined if it has expired, was answered, or `proof` does not fit. */
export async function findPendingRequest(uid: string, proof: RequestProof): Promise<PendingRequest | undefined> {
  const interaction = await open(uid, proof);
  const name = interaction && readProtocolId(String(interaction.params.client_id));
  const terms = name && (await selectConsentTerms(database(), name));
  return terms && { ...describe(uid, interaction), ...(await termsOf(interaction, terms)) };
}

/**
 * Stores the answer to a request; false if it was answered already or has expired. In a transaction, the row stays locked: no other answer is
 * stored before its end.
 */
export function storeAnswer(
  db: Db,
  { uid, before }: PendingRequest,
  result: InteractionResults & { by?: string },
): Promise<boolean> {
  // The same person's answer to the previous prompt still counts.
  const kept = 'error' in result || before?.by !== result.by ? {} : before;
  return answerInteraction(db, { hashes: hashesWithEveryPepper(uid), now: new Date() }, { ...kept, ...result });
}

async function open(uid: string, proof: RequestProof): Promise<Interaction | undefined> {
  const { provider } = await running();
  if (proof === undefined || (typeof proof === 'string' && cookieOf(provider, proof) !== uid)) return undefined;
  if (typeof proof === 'object' && 'pass' in proof && !isPassFor(uid, proof.pass)) return undefined;
  const interaction = await provider.Interaction.find<typeof provider.Interaction.prototype>(uid);
  const isTheirs = typeof proof === 'string' || 'pass' in proof || interaction?.session?.accountId === proof.accountId;
  return isTheirs ? interaction : undefined;
}

/** The id of the interaction in the browser's signed cookie. */
function cookieOf(provider: Provider, cookie: string): string | undefined {
  const request = requestOf({ method: 'GET', target: '/', headers: { cookie } });
  const context = provider.createContext(request, new ServerResponse(request));
  return context.cookies.get(provider.cookieName('interaction'), { signed: true });
}

type Terms = NonNullable<Awaited<ReturnType<typeof selectConsentTerms>>>;

async function termsOf({ params }: Interaction, { scopes: registered, optionalScopes, ...terms }: Terms) {
  const named = typeof params.scope === 'string' ? params.scope.split(' ') : [];
  const asked = new Set([...named, ...scopesOfClaims(params.claims)]);
  const effective = await effectiveScopes(database(), registered);
  const scopes = [...asked].filter((name) => effective.includes(name));
  const { optional, implied } = await consentTerms(database(), { asked: scopes, registered, optional: optionalScopes });
  return { scopes, optionalScopes: optional, impliedScopes: implied, ...terms };
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
