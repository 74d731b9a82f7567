export { type AllowAccess, allowAccess } from './allow.ts';
export { findGrant } from './find.ts';
export { findOwnGrantTo, getOwnGrant } from './find-own.ts';
export type { Grant } from './grant.ts';
export { type GrantPage, type GrantPosition, listOwnGrants, listOwnGrantsByNumber } from './list.ts';
export type { OwnGrant } from './own-grant.ts';
export { revokeGrant, revokeGrantTo } from './revoke.ts';
export { countPeople, roundPeople } from './round-people.ts';
export { takeBackScopes } from './take-back.ts';
