import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';

/** The catalogue of scopes, managed by the operator. Scopes are retired and never deleted, because clients refer to them. */
export const scopes = pgTable(
  'scopes',
  {
    name: text('name').primaryKey(),
    group: text('group_name').notNull(),
    access: text('access').notNull().$type<'read' | 'write' | 'identity'>(),
    sensitivity: text('sensitivity').notNull().$type<'normal' | 'sensitive' | 'restricted'>().default('normal'),
    /** `{ en: { title, description }, it: …, pl: … }`; English always present. */
    texts: jsonb('texts').notNull().$type<Record<string, { title: string; description: string }>>(),
    position: integer('position').notNull(),
    /** Listed in the published metadata. Programs written for many servers request every scope listed there. */
    advertised: boolean('advertised').notNull().default(false),
    /** Available to self-registered clients. */
    openToStrangers: boolean('open_to_strangers').notNull().default(false),
    /** The clients that may add it: `nobody` leaves it to those that have it. */
    openTo: text('open_to').notNull().$type<'anyone' | 'reviewed' | 'named' | 'nobody'>().default('anyone'),
    /** The clients that may add it while `open_to` is `named`. */
    namedClients: uuid('named_clients').array().notNull().default(sql`'{}'`),
    /** Scopes that a token with this scope has too. */
    implies: text('implies').array().notNull().default(sql`'{}'`),
    /** Given to a new client that names no scope. */
    isDefault: boolean('is_default').notNull().default(false),
    /** Part of the example catalogue of a new installation. */
    isExample: boolean('is_example').notNull().default(false),
    version: integer('version').notNull().default(1),
    retiredAt: moment('retired_at'),
    createdAt: createdAt(),
  },
  (table) => [
    // RFC 6749 §3.3
    check('scopes_name_form', sql`${table.name} ~ '^[!#-\\[\\]-~]+$' and char_length(${table.name}) <= 256`),
    check('scopes_access', sql`${table.access} in ('read', 'write', 'identity')`),
    check('scopes_sensitivity', sql`${table.sensitivity} in ('normal', 'sensitive', 'restricted')`),
    check('scopes_open_to', sql`${table.openTo} in ('anyone', 'reviewed', 'named', 'nobody')`),
    check('scopes_restricted_closed', sql`not (${table.openToStrangers} and ${table.sensitivity} = 'restricted')`),
    check('scopes_texts_english', sql`${table.texts} ? 'en'`),
  ],
);

/** Former names of scopes. A row stays for good: tokens that were issued with the former name are read through it. */
export const scopeAliases = pgTable(
  'scope_aliases',
  {
    name: text('name').primaryKey(),
    scopeName: text('scope_name')
      .notNull()
      .references(() => scopes.name, { onUpdate: 'cascade', onDelete: 'cascade' }),
    /** Requests may use the former name until then. */
    acceptedUntil: moment('accepted_until').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('scope_aliases_scope').on(table.scopeName)],
);
