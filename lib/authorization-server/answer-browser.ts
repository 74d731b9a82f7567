import type { Person } from '../actor.ts';
import { database } from '../database.ts';
import { noteRefusal } from '../refusals/index.ts';
import { askProvider } from './ask-provider.ts';
import type { Exchange, Refusal } from './exchange.ts';
import { noteRefused } from './note-refused.ts';
import { findStoppedClient } from './stopped.ts';

export type BrowserAsked = {
  method: 'GET' | 'POST';
  /** Path and query. */
  target: string;
  form?: string;
  cookie: string | undefined;
  /** Who is signed in at the portal in that browser. */
  person: Person | undefined;
  network: string;
};

/** What needs a page of ours (rule A2). */
export type Unanswered = {
  /** The request was answered before, or began elsewhere. */
  over?: true;
  /** Rule A6: a no from somebody who has not signed in, to an app that registered itself, which is not told. */
  cancelled?: true;
  /** The client is suspended or switched off: its id in the registry. */
  stopped?: string | undefined;
  /** Of the refusal. */
  reference?: string;
};

type BrowserAnswered = { answer: NonNullable<Exchange['answer']> } | Unanswered;

/** Of what nobody has to look at: it is kept for nobody. */
const referenceOf = ({ error, description }: Refusal): string =>
  noteRefusal(database(), { clientId: undefined, endpoint: 'authorize', reason: 'other', error, description });

/** What oidc-provider answers a person's browser, or why that must be a page of ours (rule A2). */
export async function answerBrowser({ person, network, cookie, ...question }: BrowserAsked): Promise<BrowserAnswered> {
  const current: Exchange = { network, clients: new Map(), withoutCredential: true, person };
  await askProvider({ ...question, headers: { accept: 'text/html', cookie } }, current);
  const { answer, refusal } = current;
  if (refusal?.isOver) return { over: true };
  if (refusal?.error === 'access_denied') return { cancelled: true };
  if (refusal) {
    const { clientId } = current;
    const stopped = clientId === undefined ? undefined : await findStoppedClient(database(), clientId);
    return { stopped, reference: noteRefused(current) ?? referenceOf(refusal) };
  }
  noteRefused(current);
  if (!answer) throw new Error('oidc-provider did not answer');
  return { answer };
}
