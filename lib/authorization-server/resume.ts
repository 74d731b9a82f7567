import { ServerResponse } from 'node:http';
import type { Person } from '../actor.ts';
import { env } from '../env.ts';
import { answerBrowser } from './answer-browser.ts';
import { requestOf } from './ask-provider.ts';
import { running } from './running.ts';

/**
 * Goes on with an answered request in place of the browser that began it, as the person who is signed in there; returns the address
 * at the client, with a code or an error. Undefined when it does not end there.
 */
export async function resume(
  uid: string,
  { person, network }: { person: Person; network: string },
): Promise<string | undefined> {
  const target = `/oauth/authorize/${encodeURIComponent(uid)}`;
  const answered = await answerBrowser({ method: 'GET', target, cookie: await cookieFor(uid), person, network });
  const location = 'answer' in answered ? answered.answer.headers.location : undefined;
  return typeof location === 'string' && !location.startsWith(`${env().appUrl}/`) && !location.startsWith('/')
    ? location
    : undefined;
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
