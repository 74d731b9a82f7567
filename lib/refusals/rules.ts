export { type Closest, closestRedirectUri, type Difference } from './differences.ts';
