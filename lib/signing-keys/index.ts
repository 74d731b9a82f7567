export { openSigningKeys, readPublicKeys } from './open.ts';
export { rotateSigningKeys } from './rotate.ts';
export type { SigningKey } from './signing-key.ts';
