import { ServerResponse } from 'node:http';
import type { Person } from '../actor.ts';
import { env } from '../env.ts';
import { answerBrowser } from './answer-browser.ts';
import { requestOf } from './ask-provider.ts';
import { inExchange } from './exchange.ts';
import { judgePreview, refusalOfPreview } from './preview-callback.ts';
import { findRegisteredClient, isRegisteredRedirect } from './registered-client.ts';
import { running } from './running.ts';
import type { Waiting } from './waiting.ts';

type InPlaceOf = { person: Person; network: string };

/**
 * Goes on with an answered request in place of the browser that began it, as the person who is signed in there; returns the address
 * at the client, with a code or an error, or where that browser itself has to go on. Undefined when it is refused.
 */
export async function resume({ uid, postsItself, returnTo }: Waiting, { person, network }: InPlaceOf) {
  if (postsItself) return new URL(returnTo, env().appUrl).href;
  const target = `/oauth/authorize/${encodeURIComponent(uid)}`;
  const answered = await answerBrowser({ method: 'GET', target, cookie: await cookieFor(uid), person, network });
  const location = 'answer' in answered ? answered.answer.headers.location : undefined;
  return typeof location === 'string' ? new URL(location, env().appUrl).href : undefined;
}

/** Whether an answer may still go where the request said: since it began, the client or its redirect URI may be gone, or all that was asked for. */
export function mayBeAnswered(waiting: Waiting, network: string): Promise<boolean> {
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
