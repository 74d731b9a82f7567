export { writeError, writeFault, writeRefusal } from './error.ts';
export { writeMetadata, writeResourceMetadata } from './write.ts';
