export { enterOrganization, enterOwner } from './below.ts';
export { type CreateOrganization, createOrganization } from './create.ts';
export { findOrganization, getOrganization, getPersonalOrganization, listOrganizations } from './find.ts';
export { type Locked, lockAdministered, lockOrganization } from './lock.ts';
export type { MyOrganization, Organization } from './organization.ts';
export { removeOrganization } from './remove.ts';
export { renameOrganization } from './rename.ts';
