import type { Db } from '#db/client';
import { selectConsentTerms } from '#db/queries/client-terms';
import { isClientId } from '#lib/clients/rules';
import type { Person } from '#lib/kernel/actor';
import { database } from '#lib/kernel/database';
import { findPublicClient } from '#lib/public-info/index';
import { noteRefusal } from '#lib/refusals/index';
import { readProtocolId } from '../clients/registered-client.ts';
import { noteRefused } from '../note-refused.ts';
import type { Refusal, RequestState } from '../request-state.ts';
import { askProvider } from '../running.ts';

export type BrowserRequest = {
  method: 'GET' | 'POST';
  /** Path and query. */
  target: string;
  form?: string;
  cookie: string | undefined;
  /** The person who is signed in at the portal in that browser. */
  person: Person | undefined;
  network: string;
};

/** Which page of the portal answers (rule A2). */
export type NeedsPage = {
  /** The request was answered already, or began in another browser. */
  over?: true;
  /** Rule A6: nobody was signed in and the request of a self-registered app was denied; the app receives nothing. */
  cancelled?: true;
  /** The client id of a client that is suspended or disabled. */
  stopped?: string | undefined;
  /** The reference of the noted refusal. */
  reference?: string;
};

type BrowserAnswered = { answer: NonNullable<RequestState['answer']> } | NeedsPage;

/** Notes a refusal that belongs to no client; returns its reference. */
const referenceOf = ({ error, description }: Refusal): string =>
  noteRefusal(database(), { clientId: undefined, endpoint: 'authorize', reason: 'other', error, description });

/** Sends a browser's request to oidc-provider; returns its answer, or the page of the portal that answers instead (rule A2). */
export async function answerBrowser({ person, network, cookie, ...request }: BrowserRequest): Promise<BrowserAnswered> {
  const current: RequestState = { network, clients: new Map(), withoutCredential: true, person };
  await askProvider({ ...request, headers: { accept: 'text/html', cookie } }, current);
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

/** The client id of the client with this protocol id, if it is suspended or disabled. */
async function findStoppedClient(db: Db, protocolId: string): Promise<string | undefined> {
  const name = readProtocolId(isClientId(protocolId) ? protocolId.toLowerCase() : protocolId);
  const terms = name && (await selectConsentTerms(db, name));
  const client = terms && (await findPublicClient(db, terms.clientId));
  return client && client.status !== 'active' ? client.clientId : undefined;
}
