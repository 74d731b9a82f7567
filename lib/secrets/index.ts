export {
  type ClientSecret,
  keepReveal,
  listSecrets,
  mayReadSealed,
  readSealedSecrets,
  type SecretState,
  takeReveal,
} from './find.ts';
export { expireSecret, revokeSecret } from './revoke.ts';
export { type CreatedSecret, type CreateSecret, createSecret, type RotateSecret, rotateSecret } from './rotate.ts';
