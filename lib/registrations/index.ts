export { type Admitted, admitRegistrant } from './admit.ts';
export { authenticateRegistration } from './authenticate.ts';
export { createInitialAccessToken, revokeInitialAccessToken } from './initial-access-token.ts';
export { getRegistration, removeRegistration, replaceRegistration } from './manage.ts';
export { registerClient } from './register.ts';
export type { Registered, Registration } from './registration.ts';
export { readSoftwareStatement } from './software-statement.ts';
export { removeUnusedRegistrations, sweepRegistrations } from './sweep.ts';
