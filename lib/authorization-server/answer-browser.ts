import type { Person } from '../actor.ts';
import { askProvider } from './ask-provider.ts';
import type { Exchange, Refusal } from './exchange.ts';

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

type BrowserAnswered = { answer: NonNullable<Exchange['answer']> } | { refusal: Refusal };

/** What oidc-provider answers a person's browser, or why that must be a page of ours (rule A2). */
export async function answerBrowser({ person, network, cookie, ...question }: BrowserAsked): Promise<BrowserAnswered> {
  const current: Exchange = { network, clients: new Map(), withoutCredential: true, person };
  await askProvider({ ...question, headers: { accept: 'text/html', cookie } }, current);
  const { answer, refusal } = current;
  if (refusal) return { refusal };
  if (!answer) throw new Error('oidc-provider did not answer');
  return { answer };
}
