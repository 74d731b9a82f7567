import type { Call } from '../call.ts';
import { type Caller, enterRegistry } from '../caller.ts';
import type { ApiLimits } from '../limits.ts';

/** This API documents no limits: these are ours. */
const limits: ApiLimits = {
  name: 'apps',
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 50,
  secondsAreOf: 'each network',
};

/** Each of its operations asks for a token that may both read and write. */
export function enter(call: Call): Promise<Caller> {
  return enterRegistry(call, { channel: 'apps', limits, need: 'read and write' });
}
