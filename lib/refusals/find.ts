import { selectRefusal, selectRefusalsOf } from '#db/queries/refusals';
import { findManagedClient, getOwnedClient } from '../clients/index.ts';
import type { Context } from '../context.ts';
import { writeRefusals } from './pending.ts';
import { refusalEndpoints, refusalReasons } from './reason.ts';
import { isReference } from './reference.ts';
import type { Refusal } from './refusal.ts';

/** The refusal of that reference, for the people of its client; for everybody else, the operator too, there is none. */
export async function findRefusal(ctx: Context, reference: string): Promise<Refusal | undefined> {
  if (ctx.actor.kind !== 'person' || !isReference(reference)) return undefined;
  await writeRefusals(ctx.db);
  const refusal = await selectRefusal(ctx.db, reference);
  return refusal && (await findManagedClient(ctx, refusal.clientId)) ? refusalOf(refusal) : undefined;
}

/** What was refused to a client in the last thirty days, the latest first, behind the refusal `before`. @throws not_found, forbidden */
export async function listRefusals(
  ctx: Context,
  clientId: string,
  page: { limit: number; before?: Pick<Refusal, 'lastAt' | 'reference'> } = { limit: 500 },
): Promise<Refusal[]> {
  const client = await getOwnedClient(ctx, clientId);
  await writeRefusals(ctx.db);
  return (await selectRefusalsOf(ctx.db, client.clientId, page)).map(refusalOf);
}

type Row = NonNullable<Awaited<ReturnType<typeof selectRefusal>>>;

const refusalOf = (row: Row): Refusal => ({
  ...row,
  endpoint: refusalEndpoints.find((one) => one === row.endpoint) ?? 'authorize',
  reason: refusalReasons.find((one) => one === row.reason) ?? 'other',
});
