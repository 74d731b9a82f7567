import { selectLatestEvent } from '#db/queries/audit';
import { updateClientRow } from '#db/queries/clients';
import { recordAudit } from '#lib/audit/index';
import { endAccess } from '#lib/endings/index';
import { roleIn } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import type { Status } from './client.ts';
import { findOwnedClient, getOwnedClient, type OwnedClient } from './find.ts';
import { judgeText, normaliseText } from './rules/name.ts';

const reasonLengthMax = 500;
const target = (clientId: string) => ({ targetType: 'client', targetId: clientId });

/**
 * Suspends a client: its credentials are refused until the operator lifts it, and every token of it is dead when this returns.
 * `reason` is in the history, which its organization reads. Does nothing to one that is suspended. Throws `not_found` for
 * everyone but the operator, `invalid_metadata` for a reason that is no text.
 */
export async function suspendClient(ctx: Context, clientId: string, input: { reason?: string } = {}) {
  const reason = input.reason === undefined ? undefined : checkedReason(input.reason);
  return inTransaction(ctx, async (tx) => {
    const client = await getClientAsOperator(tx, clientId);
    if (client.status === 'suspended') return { status: client.status, tokensEnded: 0 };
    await setStatus(tx, client, 'suspended');
    const tokensEnded = await endAccess(tx, { of: 'client', id: client.clientId, until: 'now' });
    await recordAudit(tx, {
      action: 'client.suspend',
      organizationId: client.organizationId,
      ...target(client.clientId),
      before: { status: client.status },
      after: { status: 'suspended', ...(reason && { reason }), tokensEnded },
    });
    return { status: 'suspended' as const, tokensEnded };
  });
}

/**
 * Lifts a suspension: the client is again what it was before, also if its owner had it disabled. No token comes back. Does
 * nothing to a client that is not suspended. Throws `not_found` for everyone but the operator.
 */
export function unsuspendClient(ctx: Context, clientId: string): Promise<{ status: Status }> {
  return inTransaction(ctx, async (tx) => {
    const client = await getClientAsOperator(tx, clientId);
    if (client.status !== 'suspended') return { status: client.status };
    const event = await selectLatestEvent(tx.db, { ...target(client.clientId), action: 'client.suspend' });
    const status = event?.before?.status === 'disabled' ? 'disabled' : 'active';
    await setStatus(tx, client, status);
    await recordAudit(tx, {
      action: 'client.unsuspend',
      organizationId: client.organizationId,
      ...target(client.clientId),
      before: { status: client.status },
      after: { status },
    });
    return { status };
  });
}

function setStatus(tx: Context, { clientId, version }: OwnedClient, status: Status) {
  const updatedBy = tx.actor.kind === 'person' ? tx.actor.userId : null;
  return updateClientRow(tx.db, { clientId, version }, { status, updatedBy, updatedAt: new Date() });
}

function checkedReason(raw: string): string {
  const reason = normaliseText(raw).trim();
  const issues = judgeText(reason, { field: 'reason', lengthMax: reasonLengthMax, lines: true });
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
  return reason;
}

/** Since when a client is suspended and why, for who may see it; undefined for one that is not. @throws not_found */
export async function findSuspension(
  ctx: Context,
  clientId: string,
): Promise<{ at: Date; reason: string | undefined } | undefined> {
  const client = await getOwnedClient(ctx, clientId);
  if (client.status !== 'suspended') return undefined;
  const event = await selectLatestEvent(ctx.db, { ...target(client.clientId), action: 'client.suspend' });
  const reason = event?.after?.reason;
  return event && { at: event.at, reason: typeof reason === 'string' ? reason : undefined };
}

/** The client, its row locked; for everyone but the operator what operators do is not there. */
export async function getClientAsOperator(tx: Context, clientId: string): Promise<OwnedClient> {
  const client = await findOwnedClient(tx, clientId, { lock: true });
  if (!client || roleIn(tx.actor, client.organizationId) !== 'operator') throw notFound('Client');
  return client;
}

/**
 * Says whether a client is the platform's own: one that is may be let into the registry of whoever signs in to it, not only of its own
 * organization. Throws `not_found` for everyone but the operator.
 */
export function markFirstParty(ctx: Context, clientId: string, firstParty: boolean): Promise<{ firstParty: boolean }> {
  return inTransaction(ctx, async (tx) => {
    const client = await getClientAsOperator(tx, clientId);
    if (client.firstParty === firstParty) return { firstParty };
    await updateClientRow(tx.db, { clientId: client.clientId, version: client.version }, { firstParty });
    await recordAudit(tx, {
      action: 'client.mark_first_party',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: client.clientId,
      before: { firstParty: client.firstParty },
      after: { firstParty },
    });
    return { firstParty };
  });
}
