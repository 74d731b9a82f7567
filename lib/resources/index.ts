export {
  describeResources,
  getResource,
  listResources,
  listScopeResources,
  type ResourceOffer,
  registryResource,
  resourcesAskedBy,
} from './find.ts';
export { type CreateResource, createResource, removeResource, type UpdateResource, updateResource } from './manage.ts';
