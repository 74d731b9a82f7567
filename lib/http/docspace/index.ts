import { writeError, writeFault } from '#lib/dialects/docspace/index';
import type { Api } from '../api.ts';
import {
  deleteClient,
  deleteOwnClients,
  deleteTenantClients,
  patchActivation,
  patchRegenerate,
  postClient,
  putClient,
} from './commands.ts';
import {
  deleteConsent,
  getClient,
  getClientInfo,
  getClients,
  getClientsInfo,
  getConsents,
  getPublicInfo,
  getScopes,
} from './queries.ts';

/** ONLYOFFICE DocSpace's API for OAuth clients, at both of its prefixes, and with both paths of the public information. */
export const docspace: Api = {
  root: '/api/2.0',
  prefixes: ['/api/2.0', '/api/2.0/oauth2'],
  protects: 'all below',
  routes: [
    { method: 'GET', path: '/scopes', answer: getScopes },
    { method: 'GET', path: '/clients', answer: getClients },
    { method: 'POST', path: '/clients', answer: postClient },
    { method: 'DELETE', path: '/clients', answer: deleteOwnClients },
    { method: 'DELETE', path: '/clients/tenant', answer: deleteTenantClients },
    { method: 'GET', path: '/clients/consents', answer: getConsents },
    { method: 'GET', path: '/clients/info', answer: getClientsInfo },
    { method: 'GET', path: '/clients/public/:id/info', answer: getPublicInfo, open: true },
    { method: 'GET', path: '/clients/:id/public/info', answer: getPublicInfo, open: true },
    { method: 'GET', path: '/clients/:id/info', answer: getClientInfo },
    { method: 'GET', path: '/clients/:id', answer: getClient },
    { method: 'PUT', path: '/clients/:id', answer: putClient },
    { method: 'DELETE', path: '/clients/:id', answer: deleteClient },
    { method: 'DELETE', path: '/clients/:id/revoke', answer: deleteConsent },
    { method: 'PATCH', path: '/clients/:id/regenerate', answer: patchRegenerate },
    { method: 'PATCH', path: '/clients/:id/activation', answer: patchActivation },
  ],
  writeError,
  writeFault,
};
