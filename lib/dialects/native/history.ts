import { z } from 'zod';
import type { AuditEvent } from '#lib/audit/index';
import type { Manager } from '#lib/clients/index';
import { type LocalizedTexts, provenances } from '#lib/clients/rules';
import type { Refusal } from '#lib/refusals/index';
import { refusalEndpoints, refusalReasons } from '#lib/refusals/rules';
import { type Naming, wireName } from './fields.ts';
import { writeLocalized } from './members.ts';
import { cursor, limit, moment, unpagedList, writeMoment } from './values.ts';

type Wire = z.input<typeof historyWire>['items'][number];

/** Writes a history event; the changed fields have this API's names. */
export function writeEvent({ id, at, actorKind, actorName, channel, action, before, after }: AuditEvent): Wire {
  const naming = action.startsWith('client.') ? 'client' : 'plain';
  return {
    event_id: id,
    at: writeMoment(at),
    actor_kind: actorKind,
    actor_name: actorName,
    channel: channel as Wire['channel'],
    action,
    before: writeValues(before, naming),
    after: writeValues(after, naming),
  };
}

function writeValues(values: Record<string, unknown> | null, naming: Naming) {
  if (values === null) return null;
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [wireName(field, naming), writeValue(field, value)]),
  );
}

function writeValue(field: string, value: unknown): unknown {
  if (field === 'scopes' && Array.isArray(value)) return value.join(' ');
  if (field !== 'localized' || typeof value !== 'object' || value === null) return value;
  return writeLocalized(value as Record<string, LocalizedTexts>);
}

/** Writes a manager: a person besides the creator who may edit the client. */
export const writeManager = ({ userId, name, since }: Manager): z.input<typeof managersWire>['items'][number] => ({
  user_id: userId,
  name,
  since: writeMoment(since),
});

/** Writes a refused request of the client. */
export const writeRefusal = (refusal: Refusal): z.input<typeof refusalsWire>['items'][number] => ({
  reference: refusal.reference,
  endpoint: refusal.endpoint,
  reason: refusal.reason,
  error: refusal.error,
  error_description: refusal.description,
  sent: refusal.asked,
  redirect_uri: refusal.redirectUri,
  redirect_uri_had_query: refusal.hadQuery,
  is_rest: refusal.isRest,
  times: refusal.times,
  first_at: writeMoment(refusal.createdAt),
  last_at: writeMoment(refusal.lastAt),
});

const values = z.record(z.string(), z.unknown()).nullable();

const eventWire = z
  .strictObject({
    event_id: z.int(),
    at: moment,
    actor_kind: z.enum(['user', 'token', 'client', 'operator', 'system', 'anonymous']),
    actor_name: z.string().nullable(),
    channel: z.enum([...provenances, 'command_line']),
    action: z.string().meta({ examples: ['client.update'] }),
    before: values.meta({ description: 'What changed, as it was. Never secret material.' }),
    after: values,
  })
  .meta({ id: 'Event' });

export const historyQuery = z.strictObject({ limit, cursor: cursor.optional() });
export const historyWire = z
  .strictObject({ items: z.array(eventWire), next_cursor: z.string().nullable() })
  .meta({ id: 'EventPage' });

const refusalWire = z
  .strictObject({
    reference: z.string().meta({ description: 'What the error page tells the person.', examples: ['BCDFG-23467'] }),
    endpoint: z.enum(refusalEndpoints),
    reason: z.enum(refusalReasons),
    error: z.string().meta({ description: 'RFC 6749 §4.1.2.1, §5.2.', examples: ['invalid_request'] }),
    error_description: z.string(),
    sent: z
      .string()
      .meta({ description: 'Of the parameter that the reason is about; empty where it is a credential.' }),
    redirect_uri: z
      .string()
      .meta({ description: 'As it was asked for, without its query; empty where it is not the reason.' }),
    redirect_uri_had_query: z.boolean(),
    is_rest: z
      .boolean()
      .meta({ description: 'Stands for all further ones of its endpoint and reason; tells the latest.' }),
    times: z.int(),
    first_at: moment,
    last_at: moment,
  })
  .meta({
    id: 'Refusal',
    description: 'A refused request of the client. Never a secret, code or token.',
  });

export const refusalsWire = z
  .strictObject({ items: z.array(refusalWire), next_cursor: z.string().nullable() })
  .meta({ id: 'RefusalPage' });

const managerWire = z.strictObject({ user_id: z.string(), name: z.string(), since: moment }).meta({ id: 'Manager' });
export const managersWire = unpagedList(managerWire).meta({ id: 'Managers' });
