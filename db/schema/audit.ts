import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** The audit history. Rows outlive their targets, so there are no foreign keys. A trigger refuses UPDATE and DELETE. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: createdAt(),
    organizationId: uuid('organization_id'),
    actorKind: text('actor_kind').notNull().$type<'user' | 'token' | 'client' | 'operator' | 'system' | 'anonymous'>(),
    actorId: text('actor_id'),
    /** The API token that the actor used. */
    tokenId: uuid('token_id'),
    channel: text('channel').notNull(),
    action: text('action').notNull(),
    targetType: text('target_type').notNull(),
    targetId: text('target_id').notNull(),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    requestId: text('request_id').notNull(),
  },
  (table) => [
    index('audit_events_target').on(table.targetType, table.targetId, table.id),
    index('audit_events_organization').on(table.organizationId, table.id),
    check('audit_events_action_form', sql`${table.action} ~ '^[a-z_]+\\.[a-z_]+$'`),
  ],
);
