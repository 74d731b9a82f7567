export { completeRegistration } from './complete.ts';
export { createInitialAccessToken, revokeInitialAccessToken } from './initial-access-token.ts';
export {
  authenticateRegistration,
  getRegistration,
  removeRegistration,
  replaceRegistration,
  requireNotSuspended,
} from './manage.ts';
export {
  type Admitted,
  admitRegistrant,
  findSelfRegistered,
  registerClient,
  selfRegisteredOrganization,
} from './register.ts';
export type { Registration, RegistrationHolder, RegistrationRequest } from './registration.ts';
export { removeUnusedRegistrations } from './remove-unused.ts';
export { readSoftwareStatement } from './software-statement.ts';
