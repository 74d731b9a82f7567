export { type Closest, closestRedirectUri, type Difference } from './differences.ts';
export { isReference } from './reference.ts';
