import type { Db } from '#db/client';
import { countUse, countUses } from '#db/queries/rate-limits';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';

/** `max` multiplied by the operator's factor (`CLIENTELE_RATE_LIMIT_FACTOR`): a whole number, at least 1. */
export const scaled = (max: number): number => Math.max(1, Math.floor(max * env().rateLimitFactor));

export type Limit = { max: number; windowSeconds: number };
export type BudgetState = { allowed: boolean; limit: number; remaining: number; resetsAt: Date };

/** Counts one use of `key` against a limit, scaled by the operator's factor. The database counts, for all processes, in fixed windows. */
export const takeFromLimit = (db: Db, key: string, { max, windowSeconds }: Limit): Promise<BudgetState> =>
  takeUnscaled(db, key, { max: scaled(max), windowSeconds });

/** As `takeFromLimit`, without the operator's factor, for a limit that a protocol sets. */
export async function takeUnscaled(db: Db, key: string, limit: Limit): Promise<BudgetState> {
  const now = new Date();
  const { count, resetsAt } = await countUse(db, key, now, new Date(now.getTime() + limit.windowSeconds * 1000));
  return { allowed: count <= limit.max, limit: limit.max, remaining: Math.max(0, limit.max - count), resetsAt };
}

export type Budget = Limit & { key: string };

/** Counts one use of several keys in one statement, without the operator's factor. Returns their states in the same order. */
export async function takeFromLimits(db: Db, budgets: readonly Budget[]): Promise<BudgetState[]> {
  const now = new Date();
  const resetsAt = ({ windowSeconds }: Limit) => new Date(now.getTime() + windowSeconds * 1000);
  const entries = budgets.map((budget) => ({ key: budget.key, resetsAt: resetsAt(budget) }));
  const counted = await countUses(db, entries, now);
  return budgets.flatMap(({ max }, index) => {
    const row = counted[index];
    return row
      ? [{ allowed: row.count <= max, limit: max, remaining: Math.max(0, max - row.count), resetsAt: row.resetsAt }]
      : [];
  });
}

/** As `takeFromLimit`. @throws rate_limited: the limit is reached; with `message` and the seconds to wait */
export async function requireWithinLimit(db: Db, key: string, limit: Limit, message: string): Promise<void> {
  const { allowed, resetsAt } = await takeFromLimit(db, key, limit);
  if (allowed) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((resetsAt.getTime() - Date.now()) / 1000));
  throw new RegistryError('rate_limited', message, { retryAfterSeconds });
}
