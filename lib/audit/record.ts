import { insertAuditEvents } from '#db/queries/audit';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';

export type AuditEntry = {
  /** `noun.verb`, in the past tense of no tense: `client.create`, `secret.rotate`. */
  action: string;
  organizationId: string | null;
  targetType: string;
  targetId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

function nameOf(actor: Actor) {
  if (actor.kind === 'command_line') return { actorKind: 'operator' as const };
  if (actor.kind === 'anonymous' || actor.kind === 'system') return { actorKind: actor.kind };
  if (actor.kind === 'client' || actor.kind === 'program')
    return { actorKind: 'client' as const, actorId: actor.clientId };
  if (actor.kind === 'registrant') {
    const { initialAccessTokenId: tokenId } = actor;
    return tokenId === undefined ? { actorKind: 'anonymous' as const } : { actorKind: 'token' as const, tokenId };
  }
  if (!actor.token) return { actorKind: 'user' as const, actorId: actor.userId };
  const { id: tokenId } = actor.token;
  return { actorKind: 'token' as const, actorId: actor.userId, ...(tokenId !== undefined && { tokenId }) };
}

/** Writes history in the caller's transaction. `before` and `after` never hold secret material. */
export async function recordAudit(ctx: Context, ...entries: AuditEntry[]): Promise<void> {
  const { channel, requestId } = ctx;
  await insertAuditEvents(
    ctx.db,
    entries.map((entry) => ({ ...entry, ...nameOf(ctx.actor), channel, requestId })),
  );
}
