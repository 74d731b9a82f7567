import {
  clientOperations,
  grantOperations,
  memberOperations,
  organizationOperations,
  platformResourceOperations,
  platformScopeOperations,
  publicOperations,
  secretOperations,
  tokenOperations,
  writeError,
  writeFault,
} from '#lib/dialects/native/index';
import type { Api } from '../api.ts';
import { clients } from './clients.ts';
import { grants } from './grants.ts';
import { members } from './members.ts';
import { organizations } from './organizations.ts';
import { platformResources, platformScopes } from './platform.ts';
import { getOpenApi, publicInfo } from './public.ts';
import { secrets } from './secrets.ts';
import { routesOf } from './serve.ts';
import { tokens } from './tokens.ts';

/** Clientele's own API: the portal's operations on apps, secrets, people, tokens and grants. */
export const native: Api = {
  root: '/api/v1',
  prefixes: ['/api/v1'],
  protects: 'all below',
  routes: [
    ...routesOf(clientOperations, clients),
    ...routesOf(secretOperations, secrets),
    ...routesOf(organizationOperations, organizations),
    ...routesOf(memberOperations, members),
    ...routesOf(tokenOperations, tokens),
    ...routesOf(grantOperations, grants),
    ...routesOf(publicOperations, publicInfo),
    ...routesOf(platformScopeOperations, platformScopes),
    ...routesOf(platformResourceOperations, platformResources),
    { method: 'GET', path: '/openapi.json', answer: getOpenApi },
  ],
  writeError,
  writeFault,
};
