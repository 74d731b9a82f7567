export {
  actInOrganization,
  actInOrganizationOfClient,
  findOrganization,
  getOrganization,
  getPersonalOrganization,
  type LockedOrganization,
  listOrganizations,
  lockAdministeredOrganization,
  lockOrganization,
  type Organization,
  type OwnOrganization,
} from './find.ts';
export { type CreateOrganization, createOrganization, removeOrganization, renameOrganization } from './manage.ts';
