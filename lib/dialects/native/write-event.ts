import type { z } from 'zod';
import type { AuditEvent } from '#lib/audit/index';
import type { Manager } from '#lib/clients/index';
import type { LocalizedTexts } from '#lib/clients/rules';
import type { Refusal } from '#lib/refusals/index';
import { type Naming, wireName } from './fields.ts';
import { writeLocalized } from './members.ts';
import { writeMoment } from './values.ts';
import type { historyWire, managersWire, refusalsWire } from './wire-history.ts';

type Wire = z.input<typeof historyWire>['items'][number];

/** One thing that happened; what changed is in the names that the rest of this API has. */
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

/** Somebody who may edit a client that they did not create. */
export const writeManager = ({ userId, name, since }: Manager): z.input<typeof managersWire>['items'][number] => ({
  user_id: userId,
  name,
  since: writeMoment(since),
});

/** A request in the client's name that was refused. */
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
