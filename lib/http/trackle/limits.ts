import type { ApiLimits } from '../limits.ts';

/** This API documents about ten requests a second for each public address; a program's short burst is no flood. */
export const limits: ApiLimits = {
  name: 'trackle',
  perMinute: { read: 600, create: 60, change: 120 },
  perSecond: 10,
  secondsAreOf: 'each network',
  averagedOverSeconds: 10,
};
