import type { ApiLimits } from '../limits.ts';

const perMinute = { read: 1200, create: 120, change: 300 };

/** What a person's tokens may do, and what strangers may read. */
export const registryLimits: ApiLimits = { name: 'native', perMinute, perSecond: 50, secondsAreOf: 'each network' };
export const publicLimits: ApiLimits = {
  name: 'native-public',
  perMinute,
  perSecond: 50,
  secondsAreOf: 'each network',
};
