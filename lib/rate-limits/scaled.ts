import { env } from '../env.ts';

/** A budget of `max` under the operator's factor (`CLIENTELE_RATE_LIMIT_FACTOR`): whole, and one at least. */
export const scaled = (max: number): number => Math.max(1, Math.floor(max * env().rateLimitFactor));
