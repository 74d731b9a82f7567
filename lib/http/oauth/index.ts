import { writeError, writeFault } from '../../dialects/oauth/index.ts';
import type { Api } from '../api.ts';
import { getJwks, getMetadata } from './metadata.ts';

/** Endpoints under one path, answered in the words of RFC 6749. */
const at = (root: string, ...routes: Api['routes']): Api => ({
  root,
  prefixes: [root],
  routes,
  writeError,
  writeFault,
});

/** The authorization server: its own paths. */
export const oauth: readonly Api[] = [
  at('/.well-known/openid-configuration', { method: 'GET', path: '', answer: getMetadata, open: true }),
  at('/.well-known/oauth-authorization-server', { method: 'GET', path: '', answer: getMetadata, open: true }),
  at('/oauth', { method: 'GET', path: '/jwks', answer: getJwks, open: true }),
];
