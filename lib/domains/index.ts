export type { Domain } from './domain.ts';
export { findDomainOfHost, listDomains } from './find.ts';
export { provedDomain } from './proved-domain.ts';
export { isPublicSuffix, registrableDomain } from './registrable.ts';
export { removeDomain } from './remove.ts';
export { verifyDomain } from './verify.ts';
