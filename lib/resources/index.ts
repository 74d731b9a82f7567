export { type CreateResource, createResource } from './create.ts';
export { asksFor, describeResource, listResources } from './find.ts';
export { removeResource } from './remove.ts';
export type { Resource } from './resource.ts';
