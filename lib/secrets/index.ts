export {
  keepReveal,
  listSecrets,
  mayReadSealed,
  readSealedSecrets,
  takeReveal,
} from './find.ts';
export { expireSecret, revokeSecret } from './revoke.ts';
export { type CreatedSecret, type CreateSecret, createSecret, type RotateSecret, rotateSecret } from './rotate.ts';
export type { ClientSecret, SecretState } from './rules.ts';
