export { type CreatedSecret, type CreateSecret, createSecret } from './create.ts';
export { expireSecret } from './expire.ts';
export { listSecrets } from './list.ts';
export { keepReveal, takeReveal } from './reveal.ts';
export { revokeSecret } from './revoke.ts';
export { type RotateSecret, rotateSecret } from './rotate.ts';
export { mayReadSealed, readSealedSecrets } from './sealed.ts';
export type { ClientSecret, SecretState } from './secret.ts';
