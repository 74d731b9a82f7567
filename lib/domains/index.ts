export { type Domain, findDomainOfHost, isPublicSuffix, listDomains, provedDomain, registrableDomain } from './find.ts';
export { removeDomain, verifyDomain } from './verify.ts';
