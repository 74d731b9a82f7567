export {
  absoluteDays,
  endOtherSessions,
  endOwnSession,
  endSession,
  findSessionPerson,
  listSessions,
  type Session,
} from './find.ts';
export { type Browser, checkCredentials, readCallbackUrl, signIn, startSession } from './sign-in.ts';
