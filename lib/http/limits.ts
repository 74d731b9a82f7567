import { database } from '#lib/kernel/database';
import { type Budget, type BudgetState, scaled, takeFromLimits } from '#lib/rate-limits/index';
import type { Call } from './api.ts';
import { fault } from './problems.ts';

/** The budgets of one API: a caller's by method and minute, and by second everybody's together or each network's. */
export type ApiLimits = {
  name: string;
  perMinute: { read: number; create: number; change: number };
  perSecond: number;
  secondsAreOf: 'everybody' | 'each network';
  /** Over how many seconds `perSecond` is an average, so that a short burst passes; 1 unless told. */
  averagedOverSeconds?: number;
};

/** The limits of an API whose documentation names none. */
export const ownLimits = (name: string): ApiLimits => ({
  name,
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 50,
  secondsAreOf: 'each network',
});

/**
 * Counts the call in its budgets. The rest is sent in two kinds of headers: the widespread ones, and those of
 * draft-ietf-httpapi-ratelimit-headers-10. @throws 429: a budget is spent
 */
export async function takeFromBudget(call: Call, limits: ApiLimits, caller?: string): Promise<void> {
  const taken = await takeCall(call, limits, caller);
  const seconds = String(secondsUntilReset(taken));
  const left = taken.allowed ? taken.remaining : 0;
  call.header('x-ratelimit-limit', String(taken.limit));
  call.header('x-ratelimit-remaining', String(left));
  call.header('x-ratelimit-reset', seconds);
  call.header('ratelimit-policy', `"${kindOf(call)}";q=${taken.limit};w=60`);
  call.header('ratelimit', `"${kindOf(call)}";r=${left};t=${seconds}`);
  if (!taken.allowed) throw fault(429, 'Too many requests.', { 'retry-after': seconds });
}

/**
 * Counts the call in both budgets; returns the state of the caller's, and whether either is spent. `caller` is the id from the credential;
 * without one, the network counts as the caller.
 */
async function takeCall(call: Call, limits: ApiLimits, caller?: string): Promise<BudgetState> {
  const kind = kindOf(call);
  const network = call.get('network');
  const who = `${caller ?? 'anyone'}@${network}`;
  const { averagedOverSeconds: seconds = 1 } = limits;
  const second = limits.secondsAreOf === 'everybody' ? 'service' : `network:${network}`;
  // The shared key comes first in each statement, so that no two of them wait for each other.
  const [shared, own] = await takeFromLimits(database(), [
    budget(`${limits.name}:${second}`, limits.perSecond * seconds, seconds),
    budget(`${limits.name}:${kind}:${who}`, limits.perMinute[kind], 60),
  ]);
  if (!own || !shared) throw new Error('a budget vanished');
  return shared.allowed ? own : { ...own, allowed: false, resetsAt: shared.resetsAt };
}

function kindOf({ req: { method } }: Call): 'read' | 'create' | 'change' {
  if (method === 'GET' || method === 'HEAD') return 'read';
  return method === 'POST' ? 'create' : 'change';
}

const budget = (key: string, max: number, windowSeconds: number): Budget => ({
  key: `http:${key}`,
  max: scaled(max),
  windowSeconds,
});

/** Seconds until the budget is whole again. */
const secondsUntilReset = ({ resetsAt }: BudgetState): number =>
  Math.max(0, Math.ceil((resetsAt.getTime() - Date.now()) / 1000));
