import { selectAppearance, upsertAppearance } from '#db/queries/client-appearances';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { getEditableClient, getOwnedClient } from '#lib/clients/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { type Appearance, judgeAppearance } from './rules.ts';

/** Gets the appearance that a client wants for its pages; empty if none was ever set. @throws not_found: there is no such client */
export async function getAppearance(ctx: Context, clientId: string): Promise<Appearance> {
  const client = await getOwnedClient(ctx, clientId);
  return (await selectAppearance(ctx.db, client.clientId)) ?? {};
}

/** Replaces a client's appearance as a whole. @throws not_found; forbidden; invalid_metadata: with every broken rule */
export function replaceAppearance(ctx: Context, clientId: string, wanted: Appearance): Promise<Appearance> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const issues = judgeAppearance(wanted, client.environment);
    if (issues[0]) throw new RegistryError('invalid_metadata', issues[0].message, { issues });
    const before = (await selectAppearance(tx.db, client.clientId)) ?? {};
    const changes = changesBetween<Record<string, unknown>>(before, { ...withoutValues(before), ...wanted });
    if (!changes) return wanted;
    const updatedBy = tx.actor.kind === 'person' ? tx.actor.userId : null;
    const row = { clientId: client.clientId, appearance: wanted, updatedBy, updatedAt: new Date() };
    await upsertAppearance(tx.db, row);
    await recordAudit(tx, {
      action: 'client.change_appearance',
      organizationId: client.organizationId,
      targetType: 'client',
      targetId: client.clientId,
      ...changes,
    });
    return wanted;
  });
}

const withoutValues = (before: object) => Object.fromEntries(Object.keys(before).map((key) => [key, undefined]));
