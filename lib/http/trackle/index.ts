import { writeError, writeFault } from '../../dialects/trackle/index.ts';
import type { Api } from '../api.ts';
import { deleteClient, postClient, putClient } from './commands.ts';
import { getClients } from './queries.ts';

/** Trackle's API for OAuth clients: an organization's, and those of one of its products by id or slug. */
export const trackle: Api = {
  root: '/v1',
  prefixes: ['/v1', '/v1/products/:product'],
  routes: [
    { method: 'GET', path: '/clients', answer: getClients },
    { method: 'POST', path: '/clients', answer: postClient },
    { method: 'PUT', path: '/clients/:id', answer: putClient },
    { method: 'DELETE', path: '/clients/:id', answer: deleteClient },
  ],
  writeError,
  writeFault,
};
