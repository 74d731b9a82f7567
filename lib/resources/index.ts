export {
  describeResources,
  getResource,
  listIntrospectedResources,
  listResources,
  listScopeResources,
  type ResourceOffer,
  registryResource,
} from './find.ts';
export { type CreateResource, createResource, removeResource, type UpdateResource, updateResource } from './manage.ts';
