export { findLogo } from './find.ts';
export { logoBytesMax, storeLogo } from './store.ts';
