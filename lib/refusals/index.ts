export { addRefusedRedirectUri } from './accept.ts';
export { findRefusal, listRefusals, type Refusal } from './find.ts';
export { deleteOldRefusals, type NewRefusal, noteRefusal } from './note.ts';
export type { RefusalEndpoint, RefusalReason } from './reason.ts';
