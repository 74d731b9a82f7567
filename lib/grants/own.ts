import type { OfPerson } from '#db/queries/own-grants';
import { requirePerson, requireTokenScope } from '../access.ts';
import type { Context } from '../context.ts';

/** Whose grants the actor may see: a person's own, and through a token those of its organization and of none. */
export function ownFor(ctx: Context, scope: 'grants:read' | 'grants:write'): OfPerson {
  const { userId, token } = requirePerson(ctx);
  requireTokenScope(ctx, scope, ...(scope === 'grants:read' ? (['grants:write'] as const) : []));
  return { userId, organizationId: token?.organizationId };
}
