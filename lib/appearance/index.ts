export { getAppearance } from './find.ts';
export { replaceAppearance } from './replace.ts';
