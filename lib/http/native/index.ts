import { clientOperations, writeError, writeFault } from '../../dialects/native/index.ts';
import type { Api } from '../api.ts';
import { clients } from './clients.ts';
import { routesOf } from './serve.ts';

/** Clientele's own API: everything that the portal can do, for programs. */
export const native: Api = {
  root: '/api/v1',
  prefixes: ['/api/v1'],
  routes: [...routesOf(clientOperations, clients)],
  writeError,
  writeFault,
};
