export { reservedMessage, reservedNameIn } from './reserved.ts';
export { nameSkeleton } from './skeleton.ts';
