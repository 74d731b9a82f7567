import type { Db } from '#db/client';
import { isIntrospectedBy, selectResource, selectResources } from '#db/queries/resources';
import type { Context } from '../context.ts';
import { requireOperator } from './operator.ts';
import type { Resource } from './resource.ts';

/** All of them, by URI. Throws `forbidden` for everyone but the operator. */
export async function listResources(ctx: Context): Promise<Resource[]> {
  requireOperator(ctx);
  return selectResources(ctx.db);
}

/** What is offered under a URI, written exactly as the operator did; undefined when nothing is. */
export async function describeResource(db: Db, uri: string): Promise<Resource | undefined> {
  // PostgreSQL takes no U+0000.
  return uri.includes('\0') ? undefined : selectResource(db, uri);
}

/** Rule A16: whether a client is the one as which that resource asks about tokens. */
export const asksFor = (db: Db, { clientId, uri }: { clientId: string; uri: string }): Promise<boolean> =>
  isIntrospectedBy(db, { clientId, uri });
