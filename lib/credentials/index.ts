export { endSecrets } from './end-secrets.ts';
export { everyHash, hashCredential, isHashOf } from './hash.ts';
export { issueSecret, sealPurpose } from './issue-secret.ts';
export { isWellFormedCredential, mintCredential, type TokenPrefix } from './mint.ts';
export { type Sealed, seal, unseal } from './seal.ts';
