export { redirectSchemes } from './check-metadata.ts';
export { isClientId } from './client-id.ts';
export { type CloneClient, cloneClient } from './clone.ts';
export { type CreateClient, type CreatedClient, createClient } from './create.ts';
export { findManagedClient, findOwnedClient, getEditableClient, getOwnedClient } from './find.ts';
export { markFirstParty } from './first-party.ts';
export { listClientHistory } from './history.ts';
export {
  type ClientFilter,
  type ClientPage,
  type ClientPageRequest,
  type ClientPosition,
  type ClientSort,
  countListedClients,
  listClients,
  listClientsByNumber,
  nameContainsLengthMin,
} from './list.ts';
export { listAllClients } from './list-all.ts';
export { addManager, listManagers, type Manager, removeManager } from './managers.ts';
export type { OwnedClient } from './owned-client.ts';
export { removeClient } from './remove.ts';
export { removeClients } from './remove-many.ts';
export { disableClient, enableClient } from './status.ts';
export { findSuspension, suspendClient, unsuspendClient } from './suspend.ts';
export { type UpdateClient, updateClient } from './update.ts';
export { warningsOf } from './warnings.ts';
