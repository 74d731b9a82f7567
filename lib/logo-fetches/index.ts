export { fetchDueLogos } from './fetch-due.ts';
export { keepLogoFetches, wakeLogoFetches } from './wake.ts';
export { wantLogo } from './want.ts';
