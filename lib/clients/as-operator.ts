import { roleIn } from '../access.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { findOwnedClient } from './find.ts';
import type { OwnedClient } from './owned-client.ts';

/** The client, its row locked; for everyone but the operator what operators do is not there. */
export async function getClientAsOperator(tx: Context, clientId: string): Promise<OwnedClient> {
  const client = await findOwnedClient(tx, clientId, { lock: true });
  if (!client || roleIn(tx.actor, client.organizationId) !== 'operator') throw notFound('Client');
  return client;
}
