export type { Identity } from './identity.ts';
export { joinWithPassword } from './join.ts';
export { meetIdentity } from './meet.ts';
export { listProviders, type Provider } from './providers.ts';
