export { readCallbackUrl } from './callback-url.ts';
export { endOtherSessions, endOwnSession, endSession } from './end.ts';
export { findSessionPerson } from './find.ts';
export { absoluteDays } from './lifetime.ts';
export { listSessions, type Session } from './list.ts';
export { checkCredentials, signIn } from './sign-in.ts';
export { type Browser, startSession } from './start.ts';
