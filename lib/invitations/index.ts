export { acceptInvitation } from './accept.ts';
export { type CreatedInvitation, createInvitation } from './create.ts';
export { findInvitation, judgeInvitee, type Verdict } from './find.ts';
export type { Invitation, ListedInvitation, OfferedInvitation } from './invitation.ts';
export { listInvitations } from './list.ts';
export { revokeInvitation } from './revoke.ts';
