import { ServerResponse } from 'node:http';
import { requirePerson, requireTokenScope } from '#lib/kernel/access';
import { type Person, registryScopes } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { isRegistryError, RegistryError } from '#lib/kernel/errors';
import { findPublicClient, type PublicClient } from '#lib/public-info/index';
import { describeScopes, type Scope } from '#lib/scopes/index';
import { findSessionPerson } from '#lib/sessions/index';
import { findRegisteredClient, isRegisteredRedirect } from '../clients/registered-client.ts';
import { stateOf } from '../interaction.ts';
import { judgePreview, refusalOfPreview } from '../pushed-requests.ts';
import { inRequest } from '../request-state.ts';
import { requestOf, running } from '../running.ts';
import { answerBrowser } from './answer-browser.ts';
import { answerInteraction } from './answer-consent.ts';
import { findPendingRequest, type PendingRequest } from './pending-request.ts';

export type TokenConsent = { client: PublicClient; redirectUri: string; scopes: Scope[] };

/** One error for a token that is unknown, expired, answered or another person's. */
const unusable = () =>
  new RegistryError('invalid_metadata', 'This consent token is unknown, over, or not yours.', {
    field: 'consent_token',
  });

/**
 * The request of a consent token, which is the last segment of the consent page's URL. Only an API token of the person who was signed in when
 * the request began may read it.
 * @throws invalid_metadata: the token is not usable
 */
export async function getTokenConsent(ctx: Context, consentToken: string): Promise<TokenConsent> {
  const { waiting, redirectUri } = await findRequest(ctx, consentToken);
  const client = await findPublicClient(ctx.db, waiting.clientId);
  if (!client) throw unusable();
  return { client, redirectUri, scopes: await describeScopes(ctx.db, waiting.scopes) };
}

/**
 * Allows everything that the request asks for, or denies it; returns the redirect URI with a code or an error.
 * @throws invalid_metadata: the token is not usable; forbidden: the request has a registry scope that the caller's own token lacks
 */
export async function answerTokenConsent(ctx: Context, consentToken: string, allowed: boolean): Promise<string> {
  const { waiting, browser } = await findRequest(ctx, consentToken);
  // An answer that cannot be sent to the client is not stored.
  if (!(await canBeAnswered(waiting, ctx.network))) throw unusable();
  const { userId, token } = requirePerson(ctx);
  const ofRegistry = registryScopes.filter((scope) => allOf(waiting).includes(scope));
  if (allowed) for (const scope of ofRegistry) requireTokenScope(ctx, scope);
  const decision = allowed
    ? { allow: true as const, wanted: waiting.scopes, organizationId: token?.organizationId ?? null }
    : { allow: false as const };
  await answerInteraction(ctx, { uid: consentToken, proof: { accountId: userId } }, decision).catch(
    (error: unknown) => {
      throw isRegistryError(error) && error.code === 'not_found' ? unusable() : error;
    },
  );
  const address = await resume(waiting, { person: browser, network: ctx.network });
  if (address === undefined) throw unusable();
  return address;
}

const allOf = ({ scopes, resources }: PendingRequest) => [...scopes, ...Object.values(resources).flat()];

/** Finds the request, if only the person's decision is missing, and the person of its browser. */
async function findRequest(
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

type Browser = { person: Person; network: string };

/**
 * Continues an answered request in place of its browser, as the person who is signed in there. Returns the redirect URI with a code or an error,
 * or the URL at which the browser itself must continue; undefined if the request is refused.
 */
async function resume({ uid, postsItself, returnTo }: PendingRequest, { person, network }: Browser) {
  if (postsItself) return new URL(returnTo, env().appUrl).href;
  const target = `/oauth/authorize/${encodeURIComponent(uid)}`;
  const answered = await answerBrowser({ method: 'GET', target, cookie: await cookieFor(uid), person, network });
  const location = 'answer' in answered ? answered.answer.headers.location : undefined;
  return typeof location === 'string' ? new URL(location, env().appUrl).href : undefined;
}

/** Whether an answer can still be sent: the client, its redirect URI and the requested scopes may have been removed since. */
function canBeAnswered(waiting: PendingRequest, network: string): Promise<boolean> {
  const { clientId, redirectUri, scopes, resources } = waiting;
  if (scopes.length === 0 && Object.keys(resources).length === 0) return Promise.resolve(false);
  return inRequest({ network, clients: new Map(), withoutCredential: true }, async () => {
    const client = await findRegisteredClient(clientId);
    if (!client || redirectUri === undefined) return false;
    if (isRegisteredRedirect(client, redirectUri)) return true;
    await judgePreview(client, redirectUri);
    return refusalOfPreview(redirectUri) === undefined;
  });
}

/** Makes the signed cookie that the browser would send. */
async function cookieFor(uid: string): Promise<string> {
  const { provider } = await running();
  const request = requestOf({ method: 'GET', target: '/', headers: {} });
  const response = new ServerResponse(request);
  provider.createContext(request, response).cookies.set(provider.cookieName('resume'), uid, { signed: true });
  const lines = [response.getHeader('set-cookie') ?? []].flat();
  return lines.map((line) => String(line).split(';', 1)[0]).join('; ');
}
