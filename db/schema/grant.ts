import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { organizations } from './organization.ts';
import { users } from './user.ts';

const list = (name: string) => text(name).array().notNull().default(sql`'{}'::text[]`);

/** A person's grant to a client. Revoking it ends every token issued under it. */
export const grants = pgTable(
  'grants',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** No foreign key: the grants of a deleted client are deleted afterwards in steps (`endings`). */
    clientId: uuid('client_id').notNull(),
    /** The organization in which the client acts for the person; null after it is deleted. */
    organizationId: uuid('organization_id').references(() => organizations.id, { onDelete: 'set null' }),
    scopes: list('scopes'),
    /** Declined scopes. The consent page does not ask for them again automatically. */
    declined: list('declined'),
    /** Scopes by the URI of the resource that they were granted for (RFC 8707). */
    resources: jsonb('resources').notNull().$type<Record<string, string[]>>().default({}),
    /** Claims requested by name (OpenID Connect Core §5.5). */
    claims: list('claims'),
    /** The client's description at the time of consent. If its metadata document changes the description, the person must consent again. */
    snapshot: jsonb('snapshot').$type<{
      name: string;
      logoUri: string | null;
      redirectHosts: string[];
      keys: string | null;
    }>(),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`date_trunc('milliseconds', now())`),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    unique('grants_user_client').on(table.userId, table.clientId),
    index('grants_client').on(table.clientId),
    index('grants_organization').on(table.organizationId).where(sql`${table.organizationId} is not null`),
    index('grants_scopes').using('gin', table.scopes),
    check('grants_declined_apart', sql`not (${table.scopes} && ${table.declined})`),
    check('grants_resources_object', sql`jsonb_typeof(${table.resources}) = 'object'`),
  ],
);
