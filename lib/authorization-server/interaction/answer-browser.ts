import type { Db } from '#db/client';
import { selectConsentTerms } from '#db/queries/client-terms';
import { isClientId } from '#lib/clients/rules';
import type { Person } from '#lib/kernel/actor';
import { database } from '#lib/kernel/database';
import { findPublicClient } from '#lib/public-info/index';
import { noteRefusal } from '#lib/refusals/index';
import { readProtocolId } from '../clients/registered-client.ts';
import type { Exchange, Refusal } from '../exchange.ts';
import { noteRefused } from '../note-refused.ts';
import { askProvider } from '../running.ts';

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
export type NeedsPage = {
  /** The request was answered before, or began elsewhere. */
  over?: true;
  /** Rule A6: a no from somebody who has not signed in, to an app that registered itself, which is not told. */
  cancelled?: true;
  /** The client is suspended or switched off: its id in the registry. */
  stopped?: string | undefined;
  /** Of the refusal. */
  reference?: string;
};

type BrowserAnswered = { answer: NonNullable<Exchange['answer']> } | NeedsPage;

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

/** The registry's id of the client that goes by `protocolId`, if it is there and is suspended or switched off. */
async function findStoppedClient(db: Db, protocolId: string): Promise<string | undefined> {
  const name = readProtocolId(isClientId(protocolId) ? protocolId.toLowerCase() : protocolId);
  const terms = name && (await selectConsentTerms(db, name));
  const client = terms && (await findPublicClient(db, terms.clientId));
  return client && client.status !== 'active' ? client.clientId : undefined;
}
