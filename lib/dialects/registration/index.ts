export { writeErrorWithFields } from './invalid-fields.ts';
export { readNew } from './read-new.ts';
export { readReplacement } from './read-replacement.ts';
export { sentenceWithRules, writeError, writeFault } from './write-error.ts';
export { writeNew } from './write-new.ts';
