export { acceptRefused } from './accept.ts';
export { findRefusal, listRefusals } from './find.ts';
export { forgetRefusals } from './forget.ts';
export { noteRefusal } from './note.ts';
export type { Refusal } from './refusal.ts';
