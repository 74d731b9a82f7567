export { writeError, writeFault } from './error.ts';
export { readActivation, readClientId, readConsentFilter, readFilter, readIds, readNew, readPatch } from './read.ts';
export { writeConsents, writeInfo, writeList, writeNew, writeNewSecret, writeOne, writeScopes } from './write.ts';
