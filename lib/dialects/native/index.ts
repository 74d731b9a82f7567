export { writeError, writeFault } from './error.ts';
export { wirePath } from './fields.ts';
export { writeEvent, writeManager, writeRefusal } from './history.ts';
export { operations, writeOpenApi } from './openapi.ts';
export type { Operation, Operations } from './operation.ts';
export { clientOperations } from './operations/clients.ts';
export { grantOperations, writeGrant } from './operations/grants.ts';
export { memberOperations, writeInvitation, writeMember, writeNewInvitation } from './operations/members.ts';
export {
  organizationOperations,
  writeListedProduct,
  writeOrganization,
  writeProduct,
} from './operations/organizations.ts';
export { platformResourceOperations, readResourceFields, writeResource } from './operations/platform-resources.ts';
export {
  platformScopeOperations,
  readScopeFields,
  writeImported,
  writePlatformScope,
  writeScopeUse,
} from './operations/platform-scopes.ts';
export { publicOperations, writeInfo, writeScope } from './operations/public.ts';
export { secretOperations, writeNewSecret, writeSecret } from './operations/secrets.ts';
export { tokenOperations, writeNewToken, writeSelf, writeToken } from './operations/tokens.ts';
export { readClone, readFilter, readNew, readPatch } from './read.ts';
export { type ReadBody, readBody, readClientBody, readQuery } from './read-body.ts';
export { writeEtag, writeListed, writeNew, writeOne, writePage } from './write.ts';
