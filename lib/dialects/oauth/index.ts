export { writeError, writeFault, writeRefusal } from './write-error.ts';
export { writeMetadata } from './write-metadata.ts';
export { writeResourceMetadata } from './write-resource-metadata.ts';
