import { sql } from 'drizzle-orm';
import { check, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';

/** Signing keys of the authorization server: one active key for each algorithm; older ones stay published until their signatures have expired. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    /** RFC 7638 thumbprint. */
    kid: text('kid').primaryKey(),
    alg: text('alg').notNull().$type<'RS256' | 'ES256'>(),
    publicJwk: jsonb('public_jwk').notNull().$type<Record<string, string>>(),
    /** The private JWK, sealed with AES-256-GCM. */
    sealed: text('sealed').notNull(),
    sealingKeyId: text('sealing_key_id').notNull(),
    createdAt: createdAt(),
    /** A retired key stays published until this time; null while it is active. */
    publishedUntil: moment('published_until'),
  },
  (table) => [
    uniqueIndex('signing_keys_in_force').on(table.alg).where(sql`${table.publishedUntil} is null`),
    check('signing_keys_alg', sql`${table.alg} in ('RS256', 'ES256')`),
  ],
);
