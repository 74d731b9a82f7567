import { writeError, writeFault } from '#lib/dialects/trackle/index';
import type { Api } from '../api.ts';
import { deleteClient, getClients, postClient, putClient } from './handlers.ts';

/** Trackle's API for the OAuth clients of an organization, or of one of its products (by id or slug). */
export const trackle: Api = {
  root: '/v1',
  prefixes: ['/v1', '/v1/products/:product'],
  protects: 'all below',
  routes: [
    { method: 'GET', path: '/clients', answer: getClients },
    { method: 'POST', path: '/clients', answer: postClient },
    { method: 'PUT', path: '/clients/:id', answer: putClient },
    { method: 'DELETE', path: '/clients/:id', answer: deleteClient },
  ],
  writeError,
  writeFault,
};
