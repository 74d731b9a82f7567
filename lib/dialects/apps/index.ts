export { readNumber } from './read-filter.ts';
export { readNew } from './read-new.ts';
export { writeError, writeFault } from './write-error.ts';
export { writeNew } from './write-new.ts';
export { writeOne } from './write-one.ts';
