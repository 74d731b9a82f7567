export { type Limit, requireFromLimit, type Taken, takeFromLimit } from './take.ts';
