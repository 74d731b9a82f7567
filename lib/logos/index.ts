export { encodeLogo, type Logo } from './encode.ts';
export { findLogo, findLogos } from './find.ts';
export { storeLogo } from './store.ts';
