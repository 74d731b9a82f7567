import { writeError, writeFault } from '#lib/dialects/apps/index';
import type { Api } from '../api.ts';
import { deleteApp, getApps, postApp } from './handlers.ts';

/** CryptoFuse's API for OAuth applications. A path may end with a slash. */
export const apps: Api = {
  root: '/o/apps',
  prefixes: ['/o/apps'],
  protects: 'all below',
  routes: [
    { method: 'GET', path: '', answer: getApps },
    { method: 'POST', path: '', answer: postApp },
    { method: 'DELETE', path: '/:id', answer: deleteApp },
  ],
  writeError,
  writeFault,
};
