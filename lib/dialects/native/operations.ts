import type { Operation } from './operation.ts';
import { clientOperations } from './operations/clients.ts';
import { grantOperations } from './operations/grants.ts';
import { memberOperations } from './operations/members.ts';
import { organizationOperations } from './operations/organizations.ts';
import { publicOperations } from './operations/public.ts';
import { secretOperations } from './operations/secrets.ts';
import { tokenOperations } from './operations/tokens.ts';

/** Every operation by its name, in the order of the reference. */
export const operations: Readonly<Record<string, Operation>> = {
  ...clientOperations,
  ...secretOperations,
  ...organizationOperations,
  ...memberOperations,
  ...tokenOperations,
  ...grantOperations,
  ...publicOperations,
};
