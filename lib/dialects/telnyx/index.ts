export { writeError, writeFault } from './error.ts';
export { readConsent, readFilter, readNew, readPage, readPatch } from './read.ts';
export { writeConsent, writeGrant, writeGrants, writeIntrospection, writeList, writeNew, writeOne } from './write.ts';
