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
const target = (clientId: string) => ({ targetType: 'client' as const, targetId: clientId });

/**
 * Suspends a client: its credentials are refused until the operator lifts the suspension, and every token of the client is
 * invalid when this returns. `reason` is written to the history, which the client's organization can read. Has no effect on a
 * suspended client.
 *
 * @throws not_found: the actor is not the operator
 * @throws invalid_metadata: `reason` is too long or contains control characters
 */
export async function suspendClient(ctx: Context, clientId: string, input: { reason?: string } = {}) {
  const reason = input.reason === undefined ? undefined : readReason(input.reason);
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
 * Lifts a suspension and restores the status before it, which can be `disabled`. Tokens that the suspension ended stay invalid.
 * Has no effect on a client that is not suspended.
 *
 * @throws not_found: the actor is not the operator
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

function readReason(raw: string): string {
  const reason = normaliseText(raw).trim();
  const issues = judgeText(reason, { field: 'reason', lengthMax: reasonLengthMax, lines: true });
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
  return reason;
}

/**
 * Returns when and why a client was suspended, or undefined if it is not suspended.
 *
 * @throws not_found: the actor may not see the client
 */
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

/**
 * Returns the client with its row locked.
 *
 * @throws not_found: the actor is not the operator
 */
export async function getClientAsOperator(tx: Context, clientId: string): Promise<OwnedClient> {
  const client = await findOwnedClient(tx, clientId, { lock: true });
  if (!client || roleIn(tx.actor, client.organizationId) !== 'operator') throw notFound('Client');
  return client;
}

/**
 * Marks a client as the platform's own, or removes the mark. People of every organization may give a first-party client access to
 * the registry; other clients get it in their own organization only.
 *
 * @throws not_found: the actor is not the operator
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
