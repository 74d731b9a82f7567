export {
  describeResources,
  getResource,
  listIntrospectedResources,
  listResources,
  listScopeResources,
  offersOf,
  type Resource,
  type ResourceOffer,
  registryResource,
} from './find.ts';
export {
  addScopeToResource,
  type CreateResource,
  createResource,
  removeResource,
  type UpdateResource,
  updateResource,
} from './manage.ts';
