import { isOrganizationBelow, selectOwnerWithin } from '#db/queries/organizations';
import { roleIn } from '../access.ts';
import type { Person, Program } from '../actor.ts';
import type { Context } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';
import { isUuid } from '../uuid.ts';

type TokenContext = Context & { actor: Person | Program };

/**
 * Where the actor's token speaks for an organization, it also speaks for those below it, with the role that its person has
 * in its own. Throws `forbidden` for any other organization, there or not.
 */
export async function enterOrganization(ctx: TokenContext, organizationId: string): Promise<TokenContext> {
  const own = ownOf(ctx);
  const id = organizationId.toLowerCase();
  if (id === own) return ctx;
  if (isUuid(id) && (await isOrganizationBelow(ctx.db, { organizationId: id, above: own })))
    return speakingFor(ctx, id);
  throw new RegistryError('forbidden', 'The API key does not belong to this organization.');
}

/** The organization that owns a client, if it is the one that the token speaks for or one below it; else the client is not there. */
export async function enterOwner(ctx: TokenContext, clientId: string): Promise<TokenContext> {
  const own = ownOf(ctx);
  const owner = isUuid(clientId) ? await selectOwnerWithin(ctx.db, { clientId, organizationId: own }) : undefined;
  if (owner === undefined) throw notFound('Client');
  return owner === own ? ctx : speakingFor(ctx, owner);
}

function ownOf({ actor }: TokenContext): string {
  if (!actor.token) throw new RegistryError('unauthenticated', 'Only a token speaks for one organization.');
  return actor.token.organizationId;
}

function speakingFor(ctx: TokenContext, organizationId: string): TokenContext {
  const { actor } = ctx;
  if (actor.kind === 'program') return { ...ctx, actor: { ...actor, token: { ...actor.token, organizationId } } };
  const role = roleIn(actor, ownOf(ctx));
  if (!actor.token || !role || role === 'operator') throw notFound('Organization');
  const token = { ...actor.token, organizationId };
  return { ...ctx, actor: { ...actor, memberships: [{ organizationId, role }], token } };
}
