import { lockDescribedClient, selectGrantOf, upsertGrant } from '#db/queries/grants';
import { deleteGrantRow, lockOwnGrant } from '#db/queries/own-grants';
import { recordAudit } from '#lib/audit/index';
import { endAccess } from '#lib/endings/index';
import { requirePerson } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { type ClientSnapshot, mayHaveNewOwner, snapshotOf } from '#lib/metadata-documents/rules';
import type { Grant } from './find.ts';

export type AllowAccess = {
  clientId: string;
  /** The person's organization in which the client acts for them. */
  organizationId: string | null;
  scopes: readonly string[];
  /** Requested scopes that the person declined. */
  declined: readonly string[];
  /** Claims that the client requested by name. */
  claims: readonly string[];
  /** The scopes for each resource, by the resource's URI. */
  resources: Readonly<Record<string, readonly string[]>>;
};

/**
 * Stores a person's grant to a client, merged with an earlier grant.
 *
 * @throws not_found: the organization is not the person's, or the client does not exist any more
 * @throws invalid_metadata: every requested scope is optional and was declined
 */
export async function allowAccess(ctx: Context, input: AllowAccess): Promise<Grant> {
  const { userId, memberships } = requirePerson(ctx);
  const { organizationId, clientId } = input;
  if (organizationId !== null && !memberships.some((one) => one.organizationId === organizationId))
    throw notFound('Organization');
  if (input.scopes.length === 0 && input.declined.length > 0)
    throw new RegistryError('invalid_metadata', 'Choose at least one, or cancel.', { field: 'scopes' });
  const resources = Object.entries(input.resources).map(([uri, scopes]) => [uri, [...scopes]]);
  return inTransaction(ctx, async (tx) => {
    const client = await lockDescribedClient(tx.db, clientId);
    if (!client) throw notFound('Client');
    // Rule C7: a metadata document may later describe another client.
    const snapshot = client.metadataUrl === null ? null : snapshotOf(client);
    if (snapshot) await revokeGrantToEarlierOwner(tx, { userId, clientId, snapshot });
    const { isNew, ...grant } = await upsertGrant(tx.db, {
      userId,
      clientId,
      organizationId,
      scopes: [...input.scopes],
      declined: [...input.declined],
      claims: [...input.claims],
      resources: Object.fromEntries(resources),
      snapshot,
    });
    await recordAudit(tx, {
      action: isNew ? 'grant.create' : 'grant.update',
      organizationId: null,
      targetType: 'grant',
      targetId: grant.id,
      after: { clientId, organizationId, scopes: grant.scopes, declined: grant.declined },
    });
    return grant;
  });
}

/** If the client may belong to somebody else now, revokes the earlier grant with its tokens, so that the new grant does not include it. */
async function revokeGrantToEarlierOwner(
  tx: Context,
  now: { userId: string; clientId: string; snapshot: ClientSnapshot },
) {
  const before = await selectGrantOf(tx.db, now);
  if (!before || !mayHaveNewOwner(before.snapshot, now.snapshot)) return;
  await lockOwnGrant(tx.db, now, before.id);
  await endAccess(tx, { of: 'grant', id: before.id });
  await deleteGrantRow(tx.db, before.id);
}
