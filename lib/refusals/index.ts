export { acceptRefused } from './accept.ts';
export { findRefusal, listRefusals } from './find.ts';
export { forgetRefusals } from './forget.ts';
export { type NewRefusal, noteRefusal } from './note.ts';
export type { RefusalEndpoint, RefusalReason } from './reason.ts';
export type { Refusal } from './refusal.ts';
