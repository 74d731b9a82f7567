export {
  confirmEmailChange,
  findEmailChange,
  findVerification,
  requestEmailChange,
  requestVerification,
  sendVerification,
  verifyEmail,
} from './change-email.ts';
export { type CreatedUser, createUser, type NewUser, requireSignUp, signUp, signUpState } from './create.ts';
export { comparableEmail, getUserByEmail, judgeEmail, normaliseEmail } from './email.ts';
export { passwordBytesMax } from './password.ts';
export { hashPassword, isPassword, needsRehash } from './password-hash.ts';
export { changeName, getProfile, type Profile } from './profile.ts';
export { changePassword, findPasswordReset, requestPasswordReset, resetPassword, setPassword } from './set-password.ts';
