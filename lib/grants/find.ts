import { selectGrantOf } from '#db/queries/grants';
import { requirePerson } from '../access.ts';
import type { Context } from '../context.ts';
import type { Grant } from './grant.ts';

/** What the person has allowed this client so far. */
export function findGrant(ctx: Context, clientId: string): Promise<Grant | undefined> {
  return selectGrantOf(ctx.db, { userId: requirePerson(ctx).userId, clientId });
}
