export { findPublicClient, findPublicClients } from './find.ts';
export type { PublicClient, PublicTexts } from './public-client.ts';
