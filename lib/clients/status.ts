import { updateClientRow } from '#db/queries/clients';
import { recordAudit } from '#lib/audit/index';
import { endAccess } from '#lib/endings/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import type { Status } from './client.ts';
import { getEditableClient, getOwnedClient, type OwnedClient, requireVersion } from './find.ts';

/** The version that the decision is based on. */
type StatusOptions = { version?: number };

/**
 * Disables a client: its credentials are refused until it is enabled, and its tokens are revoked permanently. Has no effect on a
 * disabled client.
 *
 * @throws not_found, forbidden: as `getEditableClient`
 * @throws conflict: the client has another version, or the operator has suspended it
 */
export const disableClient = (ctx: Context, clientId: string, options: StatusOptions = {}) =>
  setStatus(ctx, clientId, 'disabled', options);

/**
 * Enables a disabled client.
 *
 * @throws not_found, forbidden: as `getEditableClient`
 * @throws conflict: the client has another version, or the operator has suspended it
 */
export const enableClient = (ctx: Context, clientId: string, options: StatusOptions = {}) =>
  setStatus(ctx, clientId, 'active', options);

function setStatus(
  ctx: Context,
  clientId: string,
  status: Exclude<Status, 'suspended'>,
  { version }: StatusOptions,
): Promise<OwnedClient> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    requireVersion(client, version);
    if (client.status === status) return client;
    if (client.status === 'suspended')
      throw new RegistryError('conflict', 'The operator has suspended this app; only the operator can lift that.');
    const updatedBy = tx.actor.kind === 'person' ? tx.actor.userId : null;
    await updateClientRow(tx.db, { clientId, version: client.version }, { status, updatedBy, updatedAt: new Date() });
    const tokensEnded =
      status === 'disabled' ? await endAccess(tx, { of: 'client', id: clientId, until: 'now' }) : undefined;
    await recordAudit(tx, {
      action: status === 'active' ? 'client.enable' : 'client.disable',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: clientId,
      before: { status: client.status },
      after: { status, ...(status === 'disabled' && { tokensEnded }) },
    });
    return getOwnedClient(tx, clientId);
  });
}
