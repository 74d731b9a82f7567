export { scaled } from './scaled.ts';
export { type Budget, type Limit, requireFromLimit, type Taken, takeFromLimit, takeFromLimits } from './take.ts';
