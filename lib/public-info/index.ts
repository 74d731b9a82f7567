export { isAskedEachTime, mayBeSilent } from './asked.ts';
export { findPublicClient, findPublicClients } from './find.ts';
export { inLanguage } from './in-language.ts';
export { isNew } from './is-new.ts';
export type { PublicClient, PublicTexts } from './public-client.ts';
export { safeLink } from './safe-link.ts';
export { type Standing, standingOf, standingOfRequest } from './standing.ts';
