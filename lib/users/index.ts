export { type CreatedUser, createUser, type NewUser } from './create.ts';
export { comparableEmail, judgeEmail, normaliseEmail } from './email.ts';
export { checkPassword, passwordBytesMax, passwordLengthMin } from './password.ts';
export { hashPassword, isOldHash, isPassword } from './password-hash.ts';
export { isSignUpOpen, signUp } from './sign-up.ts';
