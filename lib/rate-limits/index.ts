import type { Db } from '#db/client';
import { countUse, countUses } from '#db/queries/rate-limits';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';

/** A budget of `max` under the operator's factor (`CLIENTELE_RATE_LIMIT_FACTOR`): whole, and one at least. */
export const scaled = (max: number): number => Math.max(1, Math.floor(max * env().rateLimitFactor));

export type Limit = { max: number; windowSeconds: number };
export type BudgetState = { allowed: boolean; limit: number; remaining: number; resetsAt: Date };

/** Takes one from the budget of `key`, scaled by the operator's factor. Windows are fixed and counted in the database, for all processes. */
export const takeFromLimit = (db: Db, key: string, { max, windowSeconds }: Limit): Promise<BudgetState> =>
  takeUnscaled(db, key, { max: scaled(max), windowSeconds });

/** Takes one from the budget of `key` without the operator's factor, for a limit that a protocol sets. */
export async function takeUnscaled(db: Db, key: string, limit: Limit): Promise<BudgetState> {
  const now = new Date();
  const { count, resetsAt } = await countUse(db, key, now, new Date(now.getTime() + limit.windowSeconds * 1000));
  return { allowed: count <= limit.max, limit: limit.max, remaining: Math.max(0, limit.max - count), resetsAt };
}

export type Budget = Limit & { key: string };

/** Takes one from each of several budgets at once, without the operator's factor; the answers come in the same order. */
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

/** Takes one as `takeFromLimit` does. @throws rate_limited: the budget is spent; with the seconds to wait */
export async function requireWithinLimit(db: Db, key: string, limit: Limit, message: string): Promise<void> {
  const { allowed, resetsAt } = await takeFromLimit(db, key, limit);
  if (allowed) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((resetsAt.getTime() - Date.now()) / 1000));
  throw new RegistryError('rate_limited', message, { retryAfterSeconds });
}
