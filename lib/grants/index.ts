export { type AllowAccess, allowAccess } from './allow.ts';
export {
  countPeople,
  findGrant,
  findOwnGrantTo,
  type Grant,
  type GrantPage,
  type GrantPosition,
  getOwnGrant,
  listOwnGrants,
  listOwnGrantsByNumber,
  type OwnGrant,
  roundPeople,
} from './find.ts';
export { revokeGrant, revokeGrantTo, revokeScopes } from './revoke.ts';
