import { selectGrantOf } from '#db/queries/grants';
import { requirePerson } from '../access.ts';
import type { Context } from '../context.ts';
import type { Described } from '../metadata-documents/rules.ts';
import type { Grant } from './grant.ts';

/** What the person has allowed this client so far, and what the client says of itself now. */
export function findGrant(ctx: Context, clientId: string): Promise<(Grant & { client: Described }) | undefined> {
  return selectGrantOf(ctx.db, { userId: requirePerson(ctx).userId, clientId });
}
