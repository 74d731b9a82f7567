import { requireTokenScope } from '../access.ts';
import { type AuditEvent, listAuditEvents } from '../audit/index.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { findOwnedClient } from './find.ts';

/**
 * What happened to a client, newest first, before the event `before`; a viewer is not told what its secrets are. A token
 * needs `audit:read` and nothing else.
 */
export async function listClientHistory(
  ctx: Context,
  clientId: string,
  page: { limit: number; before?: number },
): Promise<AuditEvent[]> {
  requireTokenScope(ctx, 'audit:read');
  const client = await findOwnedClient(ctx, clientId);
  if (!client) throw notFound('Client');
  const events = await listAuditEvents(ctx, { type: 'client', id: client.clientId }, page);
  if (client.may.seeSecrets) return events;
  return events.map((event) => {
    if (event.action.startsWith('secret.')) return { ...event, before: null, after: null };
    return { ...event, before: withoutSecrets(event.before), after: withoutSecrets(event.after) };
  });
}

function withoutSecrets(values: AuditEvent['after']): AuditEvent['after'] {
  if (values === null) return null;
  const { secretId: _id, secretIds: _ids, ...others } = values;
  return others;
}
