import type { Call } from '../call.ts';
import { type Caller, enterRegistry } from '../caller.ts';
import type { ApiLimits } from '../limits.ts';

/** This API documents no limits: these are ours. */
const limits: ApiLimits = {
  name: 'telnyx',
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 50,
  secondsAreOf: 'each network',
};

type Need = 'clients:read' | 'clients:write' | 'grants:read' | 'grants:write';

export function enter(call: Call, need: Need): Promise<Caller> {
  return enterRegistry(call, { channel: 'telnyx', limits, need });
}
