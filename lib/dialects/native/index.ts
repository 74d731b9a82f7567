export { wirePath } from './fields.ts';
export { writeOpenApi } from './openapi.ts';
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
export { publicOperations, writeInfo, writeScope } from './operations/public.ts';
export { secretOperations, writeNewSecret, writeSecret } from './operations/secrets.ts';
export { tokenOperations, writeNewToken, writeSelf, writeToken } from './operations/tokens.ts';
export { operations } from './operations.ts';
export { type ReadBody, readBody, readClientBody } from './read-body.ts';
export { readFilter } from './read-filter.ts';
export { readClone, readNew } from './read-new.ts';
export { readPatch } from './read-patch.ts';
export { readQuery } from './read-query.ts';
export { writeError, writeFault } from './write-error.ts';
export { writeEvent, writeManager, writeRefusal } from './write-event.ts';
export { writePage } from './write-list.ts';
export { writeNew } from './write-new.ts';
export { writeEtag, writeListed, writeOne } from './write-one.ts';
