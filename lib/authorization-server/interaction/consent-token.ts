import { ServerResponse } from 'node:http';
import { requirePerson, requireTokenScope } from '#lib/kernel/access';
import type { Person } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { isRegistryError, RegistryError } from '#lib/kernel/errors';
import { findPublicClient, type PublicClient } from '#lib/public-info/index';
import { registryScopes } from '#lib/resources/rules';
import { describeScopes, type Scope } from '#lib/scopes/index';
import { findSessionPerson } from '#lib/sessions/index';
import { findRegisteredClient, isRegisteredRedirect } from '../clients/registered-client.ts';
import { inExchange } from '../exchange.ts';
import { stateOf } from '../interaction.ts';
import { judgePreview, refusalOfPreview } from '../pushed-requests.ts';
import { requestOf, running } from '../running.ts';
import { answerBrowser } from './answer-browser.ts';
import { decideWaiting } from './answer-consent.ts';
import { findPendingRequest, type PendingRequest } from './pending-request.ts';

export type TokenConsent = { client: PublicClient; redirectUri: string; scopes: Scope[] };

/** Unknown, over, answered and somebody else's are one and the same. */
const unusable = () =>
  new RegistryError('invalid_metadata', 'This consent token is unknown, over, or not yours.', {
    field: 'consent_token',
  });

/**
 * What the request asks for that waits under a consent token, the last part of the consent page's address. Only the person in whose
 * signed-in browser it began may know, through an API token of theirs. Throws `invalid_metadata`.
 */
export async function getTokenConsent(ctx: Context, consentToken: string): Promise<TokenConsent> {
  const { waiting, redirectUri } = await findAsked(ctx, consentToken);
  const client = await findPublicClient(ctx.db, waiting.clientId);
  if (!client) throw unusable();
  return { client, redirectUri, scopes: await describeScopes(ctx.db, waiting.scopes) };
}

/**
 * Allows all that is asked for, or none of it; returns the address at the client, with a code or an error. What a client could do at the
 * registry with it, the token that allows it must be able to do itself. Throws `invalid_metadata`, `forbidden`.
 */
export async function answerTokenConsent(ctx: Context, consentToken: string, allowed: boolean): Promise<string> {
  const { waiting, browser } = await findAsked(ctx, consentToken);
  // What could not be sent to the client is not kept either.
  if (!(await mayBeAnswered(waiting, ctx.network))) throw unusable();
  const { userId, token } = requirePerson(ctx);
  const ofRegistry = registryScopes.filter((scope) => allOf(waiting).includes(scope));
  if (allowed) for (const scope of ofRegistry) requireTokenScope(ctx, scope);
  const decision = allowed
    ? { allow: true as const, wanted: waiting.scopes, organizationId: token?.organizationId ?? null }
    : { allow: false as const };
  await decideWaiting(ctx, { uid: consentToken, claim: { accountId: userId } }, decision).catch((error: unknown) => {
    throw isRegistryError(error) && error.code === 'not_found' ? unusable() : error;
  });
  const address = await resume(waiting, { person: browser, network: ctx.network });
  if (address === undefined) throw unusable();
  return address;
}

const allOf = ({ scopes, resources }: PendingRequest) => [...scopes, ...Object.values(resources).flat()];

/** The request, if nothing but the person's word is missing, and who is signed in where it began. */
async function findAsked(
  ctx: Context,
  consentToken: string,
): Promise<{ waiting: PendingRequest; redirectUri: string; browser: Person }> {
  const person = requirePerson(ctx);
  const waiting = await findPendingRequest(consentToken, { accountId: person.userId });
  const browser = waiting?.sessionId && (await findSessionPerson(ctx.db, waiting.sessionId));
  if (!browser || browser.userId !== person.userId || stateOf(waiting, browser) !== 'ask') throw unusable();
  if (waiting.redirectUri === undefined) throw unusable();
  return { waiting, redirectUri: waiting.redirectUri, browser };
}

type InPlaceOf = { person: Person; network: string };

/**
 * Goes on with an answered request in place of the browser that began it, as the person who is signed in there; returns the address
 * at the client, with a code or an error, or where that browser itself has to go on. Undefined when it is refused.
 */
async function resume({ uid, postsItself, returnTo }: PendingRequest, { person, network }: InPlaceOf) {
  if (postsItself) return new URL(returnTo, env().appUrl).href;
  const target = `/oauth/authorize/${encodeURIComponent(uid)}`;
  const answered = await answerBrowser({ method: 'GET', target, cookie: await cookieFor(uid), person, network });
  const location = 'answer' in answered ? answered.answer.headers.location : undefined;
  return typeof location === 'string' ? new URL(location, env().appUrl).href : undefined;
}

/** Whether an answer may still go where the request said: since it began, the client or its redirect URI may be gone, or all that was asked for. */
function mayBeAnswered(waiting: PendingRequest, network: string): Promise<boolean> {
  const { clientId, redirectUri, scopes, resources } = waiting;
  if (scopes.length === 0 && Object.keys(resources).length === 0) return Promise.resolve(false);
  return inExchange({ network, clients: new Map(), withoutCredential: true }, async () => {
    const client = await findRegisteredClient(clientId);
    if (!client || redirectUri === undefined) return false;
    if (isRegisteredRedirect(client, redirectUri)) return true;
    await judgePreview(client, redirectUri);
    return refusalOfPreview(redirectUri) === undefined;
  });
}

/** The signed cookie by which that browser would be known. */
async function cookieFor(uid: string): Promise<string> {
  const { provider } = await running();
  const request = requestOf({ method: 'GET', target: '/', headers: {} });
  const response = new ServerResponse(request);
  provider.createContext(request, response).cookies.set(provider.cookieName('resume'), uid, { signed: true });
  const lines = [response.getHeader('set-cookie') ?? []].flat();
  return lines.map((line) => String(line).split(';', 1)[0]).join('; ');
}
