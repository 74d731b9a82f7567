export { changeMemberRole } from './change-role.ts';
export { requireGrantable } from './guard.ts';
export { listMembers } from './list.ts';
export type { Member } from './member.ts';
export { leaveOrganization, removeMember } from './remove.ts';
