import { selectAppearance, upsertAppearance } from '#db/queries/client-appearances';
import { changesBetween, recordAudit } from '../audit/index.ts';
import { getEditableClient } from '../clients/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { RegistryError } from '../errors.ts';
import type { Appearance } from './appearance.ts';
import { judgeAppearance } from './rules.ts';

/** Takes the place of all that the client wished before. Throws `not_found`, `forbidden`, or `invalid_metadata` with every broken rule. */
export function replaceAppearance(ctx: Context, clientId: string, wanted: Appearance): Promise<Appearance> {
  return inTransaction(ctx, async (tx) => {
    const client = await getEditableClient(tx, clientId);
    const issues = judgeAppearance(wanted, client.environment);
    if (issues[0]) throw new RegistryError('invalid_metadata', issues[0].message, { issues });
    const before = (await selectAppearance(tx.db, client.clientId)) ?? {};
    const changes = changesBetween<Record<string, unknown>>(before, { ...emptied(before), ...wanted });
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

const emptied = (before: object) => Object.fromEntries(Object.keys(before).map((key) => [key, undefined]));
