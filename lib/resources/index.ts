export {
  describeResources,
  getResource,
  listOffered,
  listResources,
  type Offered,
  registryResource,
  resourcesAskedBy,
} from './find.ts';
export { type CreateResource, createResource, removeResource, type UpdateResource, updateResource } from './manage.ts';
