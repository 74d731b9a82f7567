export {
  actInOrganization,
  actInOwnerOf,
  findOrganization,
  getOrganization,
  getPersonalOrganization,
  type Locked,
  listOrganizations,
  lockAdministered,
  lockOrganization,
  type MyOrganization,
  type Organization,
} from './find.ts';
export { type CreateOrganization, createOrganization, removeOrganization, renameOrganization } from './manage.ts';
