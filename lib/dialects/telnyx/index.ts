export { readFilter, readPage } from './read-filter.ts';
export { readNew } from './read-new.ts';
export { readPatch } from './read-patch.ts';
export { writeError, writeFault } from './write-error.ts';
export { writeGrant } from './write-grant.ts';
export { writeGrants, writeList } from './write-list.ts';
export { writeNew } from './write-new.ts';
export { writeOne } from './write-one.ts';
