import type { ApiLimits } from '../limits.ts';

const perMinute = { read: 200, create: 10, change: 15 };

/** What this API documents for the registry as a whole, and for public information. */
export const registryLimits: ApiLimits = { name: 'docspace', perMinute, perSecond: 125, secondsAreOf: 'everybody' };
export const publicLimits: ApiLimits = { name: 'docspace-public', perMinute, perSecond: 25, secondsAreOf: 'everybody' };
