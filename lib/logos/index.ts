export { findLogo, findLogos } from './find.ts';
export { logoBytesMax, storeLogo } from './store.ts';
