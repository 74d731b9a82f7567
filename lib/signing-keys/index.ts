export { openSigningKeys } from './open.ts';
export { rotateSigningKeys } from './rotate.ts';
export type { SigningKey } from './signing-key.ts';
