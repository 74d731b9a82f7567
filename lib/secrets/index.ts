export { expireSecret, revokeSecret } from './end.ts';
export {
  listSecrets,
  mayReadSealed,
  readSealedSecrets,
  storeReveal,
  takeReveal,
} from './find.ts';
export { type CreatedSecret, type CreateSecret, createSecret, type RotateSecret, rotateSecret } from './issue.ts';
export type { ClientSecret, SecretState } from './rules.ts';
