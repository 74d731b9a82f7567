export { hashCredential, isSameHash } from './hash.ts';
export { isWellFormedCredential, mintCredential } from './mint.ts';
export { type Sealed, seal, unseal } from './seal.ts';
