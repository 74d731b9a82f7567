import { selectSealedSecrets } from '#db/queries/secrets';
import { powers, roleIn, tokenOf } from '../access.ts';
import { type AuditEntry, recordAudit } from '../audit/index.ts';
import type { Client } from '../clients/rules.ts';
import type { Context } from '../context.ts';
import { sealPurpose, unseal } from '../credentials/index.ts';

/**
 * The newest live secret of each client that keeps a readable copy, by client id; each unsealing is audited. Answers
 * nothing about clients whose secrets the actor may not see.
 */
export async function readSealedSecrets(
  ctx: Context,
  clients: readonly Pick<Client, 'clientId' | 'organizationId'>[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const organizations = new Map(
    clients
      .filter(({ organizationId }) => mayReadSealed(ctx, organizationId))
      .map(({ clientId, organizationId }) => [clientId, organizationId]),
  );
  if (organizations.size === 0) return found;
  const rows = await selectSealedSecrets(ctx.db, {
    clientIds: [...organizations.keys()],
    now: new Date(),
    channel: ctx.channel === 'apps' ? 'apps' : undefined,
  });
  if (rows.length === 0) return found;
  const read: AuditEntry[] = [];
  for (const { clientId, id, sealed, sealingKeyId } of rows) {
    if (found.has(clientId) || sealed === null || sealingKeyId === null) continue;
    found.set(clientId, unseal({ sealed, sealingKeyId }, sealPurpose(clientId)));
    const organizationId = organizations.get(clientId) ?? null;
    read.push({
      action: 'secret.read',
      organizationId,
      targetType: 'client',
      targetId: clientId,
      after: { secretId: id },
    });
  }
  await recordAudit(ctx, ...read);
  return found;
}

/**
 * Whether the actor is told the secrets of an organization's clients, where a readable copy is kept: by its role, and through
 * a token by `clients:secrets`. `/o/apps/` tells only what was made there, and to the plain `read` and `write` together too.
 */
export function mayReadSealed({ actor, channel }: Context, organizationId: string): boolean {
  const role = roleIn(actor, organizationId);
  if (!role || !powers[role].seeSecrets) return false;
  const scopes = tokenOf(actor)?.scopes;
  if (!scopes || scopes.includes('clients:secrets')) return true;
  return channel === 'apps' && scopes.includes('read') && scopes.includes('write');
}
