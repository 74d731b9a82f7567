import { randomBytes } from 'node:crypto';
import { insertMember } from '#db/queries/members';
import { insertOrganization } from '#db/queries/organizations';
import { powers, roleIn } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { requireFromLimit } from '../rate-limits/index.ts';
import { findOrganization } from './find.ts';
import { organizationName } from './name.ts';
import type { Organization } from './organization.ts';

export type CreateOrganization = {
  name: string;
  /** An organization that the actor administers. */
  parentId?: string | null;
  /** Who owns it. Only the command line may name someone: everyone else owns what they make. */
  ownerId?: string;
};

/**
 * Makes an organization, owned by the person who makes it. A token cannot: it speaks in one organization only.
 * Throws `invalid_metadata` for a bad name or a parent that the actor does not administer, `rate_limited`.
 */
export async function createOrganization(ctx: Context, input: CreateOrganization): Promise<Organization> {
  const ownerId = ownerOf(ctx, input);
  const name = organizationName(ctx, input.name);
  const parentId = await parentOf(ctx, input.parentId);
  await takeFromBudget(ctx, ownerId);
  return inTransaction(ctx, async (tx) => {
    const externalId = randomBytes(12).toString('hex');
    const organization = await insertOrganization(tx.db, { name, parentId, externalId });
    await insertMember(tx.db, { organizationId: organization.id, userId: ownerId, role: 'owner' });
    await recordAudit(tx, {
      action: 'organization.create',
      organizationId: organization.id,
      targetType: 'organization',
      targetId: organization.id,
      after: { name, parentId, ownerId },
    });
    return organization;
  });
}

function ownerOf({ actor }: Context, { ownerId }: CreateOrganization): string {
  if (actor.kind === 'command_line' && ownerId) return ownerId;
  if (actor.kind !== 'person') throw new RegistryError('unauthenticated', 'Sign in first.');
  if (actor.token) throw new RegistryError('forbidden', 'A token cannot make an organization: sign in for that.');
  return actor.userId;
}

async function parentOf(ctx: Context, parentId: string | null | undefined): Promise<string | null> {
  if (!parentId) return null;
  const parent = await findOrganization(ctx, parentId);
  const role = parent && roleIn(ctx.actor, parent.id);
  if (parent && role && powers[role].administer) return parent.id;
  throw new RegistryError('invalid_metadata', 'You do not administer such an organization.', { field: 'parentId' });
}

async function takeFromBudget({ db, actor }: Context, userId: string): Promise<void> {
  if (actor.kind === 'command_line') return;
  const limit = { max: 30 * env().rateLimitFactor, windowSeconds: 3600 };
  const message = 'Many organizations were made from this account. Try again in an hour.';
  await requireFromLimit(db, `organization-create:user:${userId}`, limit, message);
}
