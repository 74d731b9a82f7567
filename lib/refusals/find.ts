import { selectRefusal, selectRefusalsOf } from '#db/queries/refusals';
import { findOwnedClient, getOwnedClient } from '../clients/index.ts';
import type { Context } from '../context.ts';
import { isReference } from './reference.ts';
import type { Refusal } from './refusal.ts';

const shownMax = 100;

/** The refusal of that reference, for who may see its client; for everybody else there is none. */
export async function findRefusal(ctx: Context, reference: string): Promise<Refusal | undefined> {
  if (ctx.actor.kind !== 'person' || !isReference(reference)) return undefined;
  const refusal = await selectRefusal(ctx.db, reference);
  return refusal && (await findOwnedClient(ctx, refusal.clientId)) ? refusal : undefined;
}

/** What was refused to a client in the last thirty days, the latest first. @throws not_found */
export async function listRefusals(ctx: Context, clientId: string): Promise<Refusal[]> {
  const client = await getOwnedClient(ctx, clientId);
  return selectRefusalsOf(ctx.db, client.clientId, shownMax);
}
