export { type CreateResource, createResource } from './create.ts';
export { asksFor, describeResource, listResources, type Offered } from './find.ts';
export { removeResource } from './remove.ts';
