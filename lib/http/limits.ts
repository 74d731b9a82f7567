import { database } from '../database.ts';
import { env } from '../env.ts';
import { type Budget, sweepLimits, type Taken, takeFromLimits } from '../rate-limits/index.ts';
import type { Call } from './call.ts';

/** The budgets of one API: a caller's by method and minute, and everybody's together by second. */
export type ApiLimits = {
  name: string;
  perMinute: { read: number; create: number; change: number };
  perSecond: number;
};

/**
 * Takes the call from the caller's budget and from the whole service's; answers the caller's, and whether either is spent.
 * `caller` is whom the credential names; without one the network stands for the caller.
 */
export async function takeCall(call: Call, limits: ApiLimits, caller?: string): Promise<Taken> {
  const method = call.req.method;
  const kind = method === 'GET' || method === 'HEAD' ? 'read' : method === 'POST' ? 'create' : 'change';
  const who = `${caller ?? 'anyone'}@${call.get('network')}`;
  sweepLimits(database());
  // The shared key comes first in each statement, so that no two of them wait for each other.
  const [everybody, own] = await takeFromLimits(database(), [
    budget(`${limits.name}:service`, limits.perSecond, 1),
    budget(`${limits.name}:${kind}:${who}`, limits.perMinute[kind], 60),
  ]);
  if (!own || !everybody) throw new Error('a budget vanished');
  return everybody.allowed ? own : { ...own, allowed: false, resetsAt: everybody.resetsAt };
}

const budget = (key: string, max: number, windowSeconds: number): Budget => ({
  key: `http:${key}`,
  max: Math.max(1, Math.floor(max * env().rateLimitFactor)),
  windowSeconds,
});

/** Seconds until the budget is whole again. */
export const secondsUntilReset = ({ resetsAt }: Taken): number =>
  Math.max(0, Math.ceil((resetsAt.getTime() - Date.now()) / 1000));
