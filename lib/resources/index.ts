export { type CreateResource, createResource } from './create.ts';
export {
  describeResources,
  getResource,
  listOffered,
  listResources,
  type Offered,
  registryResource,
  resourcesAskedBy,
} from './find.ts';
export { removeResource } from './remove.ts';
export { type UpdateResource, updateResource } from './update.ts';
