export { writeError, writeFault } from './error.ts';
export { readAppearance, readConsistency, readFilter, readMint, readNew, readPatch, readRevokeAll } from './read.ts';
export { writeAppearance, writeList, writeNew, writeNewSecret, writeOne, writeTokens } from './write.ts';
