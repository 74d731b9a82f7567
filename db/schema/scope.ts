import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';

/** The catalogue kept by the operator. A scope is retired, never deleted: clients name it. */
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
    /** Named in the published metadata: programs that come to many servers ask for all that stands there. */
    advertised: boolean('advertised').notNull().default(false),
    /** Given to clients that nobody answers for. */
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
