export { acceptInvitation } from './accept.ts';
export { type CreatedInvitation, createInvitation, revokeInvitation } from './create.ts';
export {
  findInvitation,
  type Invitation,
  judgeInvitee,
  type ListedInvitation,
  listInvitations,
  type OfferedInvitation,
  type Verdict,
} from './find.ts';
