import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
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
    retiredAt: moment('retired_at'),
    createdAt: createdAt(),
  },
  (table) => [
    // RFC 6749 §3.3
    check('scopes_name_form', sql`${table.name} ~ '^[!#-\\[\\]-~]+$' and char_length(${table.name}) <= 256`),
    check('scopes_access', sql`${table.access} in ('read', 'write', 'identity')`),
    check('scopes_sensitivity', sql`${table.sensitivity} in ('normal', 'sensitive', 'restricted')`),
    check('scopes_restricted_closed', sql`not (${table.openToStrangers} and ${table.sensitivity} = 'restricted')`),
    check('scopes_texts_english', sql`${table.texts} ? 'en'`),
  ],
);
