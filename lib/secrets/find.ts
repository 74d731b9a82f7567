import { insertReveal, selectSealedSecrets, selectSecret, selectSecrets, takeRevealRow } from '#db/queries/secrets';
import { type AuditEntry, recordAudit } from '#lib/audit/index';
import { getOwnedClient, isClientId } from '#lib/clients/index';
import type { Client } from '#lib/clients/rules';
import { seal, sealPurpose, unseal } from '#lib/credentials/index';
import { powers, requirePerson, roleIn, tokenOf } from '#lib/kernel/access';
import type { Context } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import type { ClientSecret } from './rules.ts';

/**
 * Returns the newest live secret of each client with a sealed copy, by client id, and audits each. Clients whose secrets the actor may
 * not see are omitted.
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
 * Whether the actor may read sealed secrets of an organization's clients: by its role, and with a token by `clients:secrets`. `/o/apps/`
 * shows only clients created there, and also accepts a token with both `read` and `write`.
 */
export function mayReadSealed({ actor, channel }: Context, organizationId: string): boolean {
  const role = roleIn(actor, organizationId);
  if (!role || !powers[role].seeSecrets) return false;
  const scopes = tokenOf(actor)?.scopes;
  if (!scopes || scopes.includes('clients:secrets')) return true;
  return channel === 'apps' && scopes.includes('read') && scopes.includes('write');
}

/**
 * Returns all secrets of a client, also ended ones, newest first, without their values.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 * @throws forbidden: the actor is a viewer
 */
export async function listSecrets(ctx: Context, clientId: string): Promise<ClientSecret[]> {
  const client = await getOwnedClient(ctx, clientId);
  if (!client.may.seeSecrets)
    throw new RegistryError('forbidden', 'Your role does not show you the secrets of this client.');
  return (await selectSecrets(ctx.db, client.clientId)) as ClientSecret[];
}

const lifetimeMs = 10 * 60 * 1000;
const purpose = (id: string, userId: string) => `reveal ${id} to ${userId}`;

/** Stores a new secret, sealed, for the page that shows it once. `id` is the form's submission id; repeating the call has no effect. */
export async function storeReveal(ctx: Context, id: string, secret: { id: string; value: string }): Promise<void> {
  const { userId } = requirePerson(ctx);
  const expiresAt = new Date(Date.now() + lifetimeMs);
  await insertReveal(ctx.db, {
    id,
    secretId: secret.id,
    userId,
    ...seal(secret.value, purpose(id, userId)),
    expiresAt,
  });
}

/** Returns a stored secret and deletes it. Works once, for its creator, within ten minutes; otherwise returns undefined. */
export async function takeReveal(
  ctx: Context,
  id: string,
): Promise<{ secret: ClientSecret; value: string } | undefined> {
  const { userId } = requirePerson(ctx);
  if (!isClientId(id)) return undefined;
  const row = await takeRevealRow(ctx.db, { id, userId, now: new Date() });
  const secret = row && (await selectSecret(ctx.db, { secretId: row.secretId }));
  return secret && { secret: secret as ClientSecret, value: unseal(row, purpose(id, userId)) };
}
