export { findSuspension, markFirstParty, suspendClient, unsuspendClient } from './as-operator.ts';
export { redirectSchemes, warningsOf } from './check-metadata.ts';
export { isClientId } from './client.ts';
export { type CloneClient, cloneClient } from './clone.ts';
export { type CreateClient, type CreatedClient, createClient } from './create.ts';
export {
  findManagedClient,
  findOwnedClient,
  getEditableClient,
  getOwnedClient,
  listClientHistory,
  type OwnedClient,
} from './find.ts';
export {
  type ClientFilter,
  type ClientPage,
  type ClientPageRequest,
  type ClientPosition,
  type ClientSort,
  countListedClients,
  listAllClients,
  listClients,
  listClientsByNumber,
  nameContainsLengthMin,
} from './list.ts';
export { addManager, listManagers, type Manager, removeManager } from './managers.ts';
export { removeClient, removeClients } from './remove.ts';
export { disableClient, enableClient } from './status.ts';
export { type UpdateClient, updateClient } from './update.ts';
