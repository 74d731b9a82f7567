export { readClientId, readConsentFilter, readFilter, readIds } from './read-filter.ts';
export { readNew } from './read-new.ts';
export { readActivation, readPatch } from './read-patch.ts';
export { writeConsents } from './write-consents.ts';
export { writeError, writeFault } from './write-error.ts';
export { writeInfo } from './write-info.ts';
export { writeList, writeScopes } from './write-list.ts';
export { writeNew, writeNewSecret } from './write-new.ts';
export { writeOne } from './write-one.ts';
