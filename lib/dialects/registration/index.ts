export { sentenceWithRules, writeError, writeErrorWithFields, writeFault } from './error.ts';
export { readNew, readReplacement } from './read.ts';
export { writeNew } from './write.ts';
