export { writeError, writeFault } from './error.ts';
export { readNew, readNumber } from './read.ts';
export { writeNew, writeOne } from './write.ts';
