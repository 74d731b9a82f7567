import { insertAuditEvents, selectAuditEvents } from '#db/queries/audit';
import type { Actor } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';

/** Compares two records: the keys of `after` whose values differ, with their values before and after; undefined if none differs. */
export function changesBetween<T extends Record<string, unknown>>(before: T, after: Partial<T>) {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (keys.length === 0) return undefined;
  const pick = (record: Partial<T>) => Object.fromEntries(keys.map((key) => [key, record[key] ?? null]));
  return { before: pick(before), after: pick(after) };
}

export type AuditEvent = {
  id: number;
  at: Date;
  actorKind: 'user' | 'token' | 'client' | 'operator' | 'system' | 'anonymous';
  /** The current name of the person who acted; null if there was no person, or the account was deleted. */
  actorName: string | null;
  channel: string;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** The audit events of one target, newest first: at most `limit` events before the event `before`. The caller authorizes the reader. */
export function listAuditEvents(
  ctx: Context,
  target: { type: string; id: string },
  page: { limit: number; before?: number | undefined },
): Promise<AuditEvent[]> {
  return selectAuditEvents(ctx.db, target, page);
}

/** The actions of the history by the type of their target: `noun.verb`, with the verb in the infinitive. */
type ActionsOn = {
  client:
    | `client.${'create' | 'update' | 'enable' | 'disable' | 'delete' | 'suspend' | 'unsuspend' | 'mark_first_party'}`
    | `client.${'change_appearance' | 'add_manager' | 'remove_manager' | 'look_alike' | 'suspect'}`
    | `secret.${'create' | 'rotate' | 'expire' | 'revoke' | 'read'}`
    | `grant.${'revoke' | 'narrow'}`;
  domain: `domain.${'verify' | 'remove'}`;
  grant: `grant.${'create' | 'update' | 'revoke' | 'narrow'}`;
  initial_access_token: `initial_access_token.${'create' | 'revoke'}`;
  organization:
    | `organization.${'create' | 'update' | 'delete'}`
    | `member.${'change_role' | 'leave' | 'remove'}`
    | `invitation.${'create' | 'accept' | 'revoke'}`;
  product: `product.${'create' | 'update' | 'delete'}`;
  resource: `resource.${'create' | 'update' | 'remove'}`;
  scope: `scope.${'create' | 'update' | 'retire' | 'restore' | 'import'}`;
  server: 'signing_keys.rotate';
  token: `token.${'create' | 'revoke'}`;
  user:
    | `user.${'create' | 'update' | 'change_email' | 'verify_email' | 'join_identity'}`
    | `user.${'change_password' | 'set_password' | 'reset_password'}`
    | `session.${'create' | 'remove'}`;
};

type TargetType = keyof ActionsOn;

export type AuditAction<T extends TargetType> = ActionsOn[T];

type EntryOn<T extends TargetType> = {
  action: AuditAction<T>;
  organizationId: string | null;
  targetType: T;
  targetId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

export type AuditEntry = { [T in TargetType]: EntryOn<T> }[TargetType];

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

/** Writes audit rows in the caller's transaction. `before` and `after` must never contain a secret or its hash. */
export async function recordAudit(ctx: Context, ...entries: AuditEntry[]): Promise<void> {
  const { channel, requestId } = ctx;
  await insertAuditEvents(
    ctx.db,
    entries.map((entry) => ({ ...entry, ...nameOf(ctx.actor), channel, requestId })),
  );
}
