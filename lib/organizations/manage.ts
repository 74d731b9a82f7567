import { randomBytes } from 'node:crypto';
import { insertMember } from '#db/queries/members';
import {
  deleteOrganization,
  hasChildren,
  hasClients,
  insertOrganization,
  updateOrganizationName,
} from '#db/queries/organizations';
import { recordAudit } from '#lib/audit/index';
import { powers, roleIn } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { checkedName, reservedMessage, reservedNameIn } from '#lib/names/index';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { findOrganization, lockAdministeredOrganization, type Organization } from './find.ts';

export type CreateOrganization = {
  name: string;
  /** An organization that the actor administers. */
  parentId?: string | null;
  /** The owner; only from the command line. In a session, the signed-in person is the owner. */
  ownerId?: string;
};

/**
 * Creates an organization; the signed-in person is its owner.
 *
 * @throws unauthenticated: nobody is signed in; forbidden: the actor uses a token, which is valid in one organization only
 * @throws invalid_metadata: the name breaks a rule, or the actor does not administer the parent; rate_limited
 */
export async function createOrganization(ctx: Context, input: CreateOrganization): Promise<Organization> {
  const ownerId = ownerOf(ctx, input);
  const name = organizationName(ctx, input.name);
  await parentOf(ctx, input.parentId);
  await takeFromBudget(ctx, ownerId);
  return inTransaction(ctx, async (tx) => {
    const parentId = await parentOf(tx, input.parentId);
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
  throw new RegistryError('invalid_metadata', 'You do not administer this organization.', { field: 'parentId' });
}

async function takeFromBudget({ db, actor }: Context, userId: string): Promise<void> {
  if (actor.kind === 'command_line') return;
  const limit = { max: 30, windowSeconds: 3600 };
  const message = 'Many organizations were made from this account. Try again in an hour.';
  await requireWithinLimit(db, `organization-create:user:${userId}`, limit, message);
}

/**
 * Checks an organization's name and returns it as it is stored. Pages show it as the publisher of an app, so only the operator may use a
 * reserved name (rule M11). @throws invalid_metadata: the name breaks a rule or is reserved
 */
export function organizationName({ actor }: Context, raw: string): string {
  const name = checkedName(raw);
  const isOperator = actor.kind === 'command_line' || (actor.kind === 'person' && actor.isOperator && !actor.token);
  const reserved = isOperator ? undefined : reservedNameIn(name);
  if (reserved === undefined) return name;
  const message = reservedMessage(reserved);
  throw new RegistryError('invalid_metadata', message, { issues: [{ field: 'name', rule: 'M11', message }] });
}

/** Renames an organization. @throws not_found; forbidden: the actor is not an owner or admin; invalid_metadata: as `organizationName` */
export async function renameOrganization(ctx: Context, id: string, rawName: string): Promise<Organization> {
  return inTransaction(ctx, async (tx) => {
    const { organization } = await lockAdministeredOrganization(tx, id);
    const name = organization.name === rawName ? rawName : organizationName(ctx, rawName);
    if (organization.name === name) return organization;
    await updateOrganizationName(tx.db, organization.id, name);
    await recordAudit(tx, {
      action: 'organization.update',
      organizationId: organization.id,
      targetType: 'organization',
      targetId: organization.id,
      before: { name: organization.name },
      after: { name },
    });
    return { ...organization, name };
  });
}

/**
 * Deletes an organization with its memberships, products, invitations and tokens.
 *
 * @throws not_found; forbidden: the actor is not an owner
 * @throws conflict: it is a personal organization, has apps, or has organizations below it
 */
export async function removeOrganization(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const { organization, role } = await lockAdministeredOrganization(tx, id);
    if (role === 'admin') throw new RegistryError('forbidden', 'Only an owner may delete the organization.');
    if (organization.personalOf)
      throw new RegistryError('conflict', 'A personal organization stays as long as its account.');
    if (await hasClients(tx.db, organization.id))
      throw new RegistryError('conflict', 'The organization still has apps. Delete them first.');
    if (await hasChildren(tx.db, organization.id))
      throw new RegistryError('conflict', 'Other organizations lie below this one. Delete them first.');
    await deleteOrganization(tx.db, organization.id);
    await recordAudit(tx, {
      action: 'organization.delete',
      organizationId: organization.id,
      targetType: 'organization',
      targetId: organization.id,
      before: { name: organization.name, parentId: organization.parentId },
    });
  });
}
