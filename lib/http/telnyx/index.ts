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

/** Telnyx's API for OAuth clients, at the path in its specification and library, and at the path in its documentation. */
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

/** The grants of the token's person. */
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

/** A pending authorization request, which a program of the person answers. */
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
