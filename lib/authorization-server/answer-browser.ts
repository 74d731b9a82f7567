import type { Person } from '../actor.ts';
import { database } from '../database.ts';
import { noteRefusal } from '../refusals/index.ts';
import { askProvider } from './ask-provider.ts';
import type { Exchange, Refusal } from './exchange.ts';
import { noteRefused } from './note-refused.ts';

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

/** `over`: the request was answered before, or began elsewhere; `reference`: of a refusal that needs a page of ours (rule A2). */
type BrowserAnswered = { answer: NonNullable<Exchange['answer']> } | { over: true } | { reference: string };

/** Of what nobody has to look at: it is kept for nobody. */
const referenceOf = ({ error, description }: Refusal): string =>
  noteRefusal(database(), { clientId: undefined, endpoint: 'authorize', reason: 'other', error, description });

/** What oidc-provider answers a person's browser, or why that must be a page of ours (rule A2). */
export async function answerBrowser({ person, network, cookie, ...question }: BrowserAsked): Promise<BrowserAnswered> {
  const current: Exchange = { network, clients: new Map(), withoutCredential: true, person };
  await askProvider({ ...question, headers: { accept: 'text/html', cookie } }, current);
  const { answer, refusal } = current;
  if (refusal?.isOver) return { over: true };
  if (refusal) return { reference: noteRefused(current) ?? referenceOf(refusal) };
  noteRefused(current);
  if (!answer) throw new Error('oidc-provider did not answer');
  return { answer };
}
