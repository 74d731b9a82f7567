import { writeError, writeFault } from '#lib/dialects/slashid/index';
import type { Api } from '../api.ts';
import {
  deleteClient,
  getClient,
  getClients,
  getUiConfiguration,
  patchClient,
  postClient,
  postMint,
  postRevokeAll,
  putSecret,
  putUiConfiguration,
} from './handlers.ts';

/** SlashID's API for OAuth 2.0 clients. */
export const slashid: Api = {
  root: '/oauth2/clients',
  prefixes: ['/oauth2/clients'],
  protects: 'all below',
  routes: [
    { method: 'GET', path: '', answer: getClients },
    { method: 'POST', path: '', answer: postClient },
    { method: 'GET', path: '/:id', answer: getClient },
    { method: 'PATCH', path: '/:id', answer: patchClient },
    { method: 'DELETE', path: '/:id', answer: deleteClient },
    { method: 'PUT', path: '/:id/secret', answer: putSecret },
    { method: 'GET', path: '/:id/ui-configuration', answer: getUiConfiguration },
    { method: 'PUT', path: '/:id/ui-configuration', answer: putUiConfiguration },
  ],
  writeError,
  writeFault,
};

const tokens = (root: string, answer: Api['routes'][number]['answer']): Api => ({
  root,
  prefixes: [root],
  routes: [{ method: 'POST', path: '', answer }],
  writeError,
  writeFault,
});

/** This API's calls on tokens that the authorization server's own endpoints do not have. */
export const slashidTokens = [
  tokens('/oauth2/tokens/mint', postMint),
  tokens('/oauth2/tokens/revoke-all', postRevokeAll),
];
