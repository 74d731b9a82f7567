export { type Closest, closestRedirectUri, type Difference } from './differences.ts';
export { type NearMiss, nearMiss } from './near-miss.ts';
export { type RefusalEndpoint, type RefusalReason, refusalEndpoints, refusalReasons } from './reason.ts';
export { isReference } from './reference.ts';
