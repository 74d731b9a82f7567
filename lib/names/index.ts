export { plainNames, reservedMessage, reservedNameIn } from './reserved.ts';
export { nameSkeleton } from './skeleton.ts';
