export { findOwnGrantTo, getOwnGrant } from './find-own.ts';
export { type GrantPage, type GrantPosition, listOwnGrants, listOwnGrantsByNumber } from './list.ts';
export type { OwnGrant } from './own-grant.ts';
export { revokeGrant } from './revoke.ts';
export { takeBackScopes } from './take-back.ts';
