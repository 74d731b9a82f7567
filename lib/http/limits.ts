import { database } from '#lib/kernel/database';
import { type Budget, type BudgetState, scaled, takeFromLimits } from '#lib/rate-limits/index';
import type { Call } from './api.ts';
import { fault } from './problems.ts';

/** The rate limits of one API. */
export type ApiLimits = {
  name: string;
  /** For each caller, by kind of method. */
  perMinute: { read: number; create: number; change: number };
  /** For all callers together or for each network, as `perSecondOf` states. */
  perSecond: number;
  perSecondOf: 'everybody' | 'each network';
  /** The number of seconds over which `perSecond` is an average, so that a short burst passes; by default 1. */
  averagedOverSeconds?: number;
};

/** The limits of an API whose documentation names none. */
export const ownLimits = (name: string): ApiLimits => ({
  name,
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 50,
  perSecondOf: 'each network',
});

/**
 * Counts the call in its budgets, and sends the remaining number of calls in the X-RateLimit headers and in the headers of
 * draft-ietf-httpapi-ratelimit-headers-10. @throws 429: a budget is spent
 */
export async function takeFromBudget(call: Call, limits: ApiLimits, caller?: string): Promise<void> {
  const state = await countCall(call, limits, caller);
  const seconds = String(secondsUntilReset(state));
  const remaining = state.allowed ? state.remaining : 0;
  call.header('x-ratelimit-limit', String(state.limit));
  call.header('x-ratelimit-remaining', String(remaining));
  call.header('x-ratelimit-reset', seconds);
  call.header('ratelimit-policy', `"${kindOf(call)}";q=${state.limit};w=60`);
  call.header('ratelimit', `"${kindOf(call)}";r=${remaining};t=${seconds}`);
  if (!state.allowed) throw fault(429, 'Too many requests.', { 'retry-after': seconds });
}

/**
 * Counts the call in the budget per second and in the caller's budget per minute. Returns the state of the caller's budget, with `allowed`
 * false if either budget is spent. `caller` is the id from the credential; without it, the network counts as the caller.
 */
async function countCall(call: Call, limits: ApiLimits, caller?: string): Promise<BudgetState> {
  const kind = kindOf(call);
  const network = call.get('network');
  const callerKey = `${caller ?? 'anyone'}@${network}`;
  const { averagedOverSeconds: seconds = 1 } = limits;
  const sharedBy = limits.perSecondOf === 'everybody' ? 'service' : `network:${network}`;
  // The shared key comes first in every statement, so that two statements never wait for each other.
  const [shared, own] = await takeFromLimits(database(), [
    budget(`${limits.name}:${sharedBy}`, limits.perSecond * seconds, seconds),
    budget(`${limits.name}:${kind}:${callerKey}`, limits.perMinute[kind], 60),
  ]);
  if (!own || !shared) throw new Error('a budget has no state');
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

/** Seconds until the budget is full again. */
const secondsUntilReset = ({ resetsAt }: BudgetState): number =>
  Math.max(0, Math.ceil((resetsAt.getTime() - Date.now()) / 1000));
