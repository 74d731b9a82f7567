import type { Taken } from '../../rate-limits/index.ts';
import type { Call } from '../call.ts';
import { type ApiLimits, secondsUntilReset, takeCall } from '../limits.ts';
import { fault } from '../problems.ts';

const perMinute = { read: 200, create: 10, change: 15 };

/** What this API documents for the registry as a whole, and for public information. */
export const registryLimits: ApiLimits = { name: 'docspace', perMinute, perSecond: 125 };
export const publicLimits: ApiLimits = { name: 'docspace-public', perMinute, perSecond: 25 };

/** Takes the call from its budgets, says what is left in this API's headers, and throws 429 when nothing is. */
export async function takeFromBudget(call: Call, limits: ApiLimits, caller?: string): Promise<void> {
  const taken: Taken = await takeCall(call, limits, caller);
  const seconds = String(secondsUntilReset(taken));
  call.header('x-ratelimit-limit', String(taken.limit));
  call.header('x-ratelimit-remaining', String(taken.allowed ? taken.remaining : 0));
  call.header('x-ratelimit-reset', seconds);
  if (!taken.allowed) throw fault(429, 'Too many requests.', { 'retry-after': seconds });
}
