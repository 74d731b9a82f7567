import type { Db } from '#db/client';
import { selectConsentTerms } from '#db/queries/consent-terms';
import { isClientId } from '../clients/rules.ts';
import { findPublicClient } from '../public-info/index.ts';
import { readProtocolId } from './registered-client.ts';

/** The registry's id of the client that goes by `protocolId`, if it is there and is suspended or switched off. */
export async function findStoppedClient(db: Db, protocolId: string): Promise<string | undefined> {
  const name = readProtocolId(isClientId(protocolId) ? protocolId.toLowerCase() : protocolId);
  const terms = name && (await selectConsentTerms(db, name));
  const client = terms && (await findPublicClient(db, terms.clientId));
  return client && client.status !== 'active' ? client.clientId : undefined;
}
