export { writeError, writeFault } from './error.ts';
export { readNew, readPatch } from './read.ts';
export { writeNew, writeOne } from './write.ts';
