import { powers, roleIn } from '../access.ts';
import type { Context } from '../context.ts';

/** Whether a token is the actor's business: their own, or in an organization that they administer. */
export function isConcerned({ actor }: Context, token: { userId: string; organizationId: string }): boolean {
  const role = roleIn(actor, token.organizationId);
  if (role && powers[role].administer) return true;
  if (actor.kind !== 'person' || actor.userId !== token.userId) return false;
  return !actor.token || actor.token.organizationId === token.organizationId;
}
