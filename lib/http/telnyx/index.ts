import { writeError, writeFault } from '#lib/dialects/telnyx/index';
import type { Api } from '../api.ts';
import {
  deleteClient,
  deleteGrant,
  getClient,
  getClients,
  getConsent,
  getGrant,
  getGrants,
  postClient,
  postGrant,
  putClient,
} from './handlers.ts';

/** Telnyx's API for OAuth clients: the paths of its specification and library, and those that its documentation shows. */
export const telnyx: Api = {
  root: '/v2',
  prefixes: ['/v2/oauth_clients', '/v2/oauth/clients'],
  protects: 'all below',
  routes: [
    { method: 'GET', path: '', answer: getClients },
    { method: 'POST', path: '', answer: postClient },
    { method: 'GET', path: '/:id', answer: getClient },
    { method: 'PUT', path: '/:id', answer: putClient },
    { method: 'DELETE', path: '/:id', answer: deleteClient },
  ],
  writeError,
  writeFault,
};

/** What the person behind the token allowed clients to do for them. */
export const telnyxGrants: Api = {
  root: '/v2/oauth_grants',
  prefixes: ['/v2/oauth_grants'],
  routes: [
    { method: 'GET', path: '', answer: getGrants },
    { method: 'GET', path: '/:id', answer: getGrant },
    { method: 'DELETE', path: '/:id', answer: deleteGrant },
  ],
  writeError,
  writeFault,
};

/** A request that waits for a person, answered by a program of theirs. */
export const telnyxConsent: Api = {
  root: '/v2/oauth',
  prefixes: ['/v2/oauth'],
  routes: [
    { method: 'GET', path: '/consent/:token', answer: getConsent },
    { method: 'POST', path: '/grants', answer: postGrant },
  ],
  writeError,
  writeFault,
};
