import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { clients } from '../schema/client.ts';
import { clientKeySets } from '../schema/client-key-set.ts';

/** Stores a fetched key set if the client still exists and still has this `jwks_uri`. */
export async function upsertClientKeySet(db: Db, read: typeof clientKeySets.$inferSelect): Promise<void> {
  const row = db
    .select({
      clientId: clients.clientId,
      jwksUri: sql`${read.jwksUri}`.as('jwks_uri'),
      keys: sql`${JSON.stringify(read.keys)}::jsonb`.as('keys'),
      readAt: sql`${read.readAt.toISOString()}::timestamptz`.as('read_at'),
    })
    .from(clients)
    .where(and(eq(clients.clientId, read.clientId), eq(clients.jwksUri, read.jwksUri)));
  await db
    .insert(clientKeySets)
    .select(row)
    .onConflictDoUpdate({
      target: clientKeySets.clientId,
      set: { jwksUri: sql`excluded.jwks_uri`, keys: sql`excluded.keys`, readAt: sql`excluded.read_at` },
    });
}

/** The last key set fetched from this URL. */
export async function selectClientKeySet(db: Db, of: { clientId: string; jwksUri: string }) {
  const [row] = await db
    .select({ keys: clientKeySets.keys, readAt: clientKeySets.readAt })
    .from(clientKeySets)
    .where(and(eq(clientKeySets.clientId, of.clientId), eq(clientKeySets.jwksUri, of.jwksUri)));
  return row;
}
