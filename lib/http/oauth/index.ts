import { writeError, writeFault } from '#lib/dialects/oauth/index';
import type { Api, Call, Route } from '../api.ts';
import { fault } from '../problems.ts';
import { getAuthorization, getResumption, postAuthorization } from './browser-endpoints.ts';
import { getAuthorizationByKey, postIntrospectionByKey, postTokenByKey } from './by-api-key.ts';
import {
  postDevice,
  postIntrospection,
  postIntrospectionForScopes,
  postPushedRequest,
  postRevocation,
  postToken,
  serveUserinfo,
} from './client-endpoints.ts';
import { postEndSession, startEndSession } from './end-session.ts';
import { forPeople } from './for-people.ts';
import { openAgain } from './leaving-page.ts';
import { getJwks, getMetadata, getRegistryMetadata, getResourceMetadata } from './metadata.ts';

/** Endpoints under one path, with errors as RFC 6749 defines them. */
const at = (root: string, ...routes: Api['routes']): Api => ({
  root,
  prefixes: [root],
  routes,
  writeError,
  writeFault,
});

const open = (path: string, answer: Route['answer']): Route => ({ method: 'GET', path, answer, open: true });
const post = (path: string, answer: Route['answer']): Route => ({
  method: 'POST',
  path,
  forOwnOrigins: true,
  answer: async (call) => {
    requireNoQuery(call);
    return answer(call);
  },
});

/** RFC 6749 §2.3.1: servers and proxies log URLs, so a query is not accepted. @throws 400: the URL has a query */
function requireNoQuery({ req }: Call): void {
  if (new URL(req.url).search !== '') throw fault(400, 'Send all parameters in the body, none in the address.');
}

/** Routes for a person's browser, never with CORS (RFC 9700 §4.16). */
const authorize = (path: string, get = getAuthorization): Api['routes'] => [
  { method: 'GET', path, answer: forPeople(get), acts: true },
  { method: 'POST', path, answer: forPeople(postAuthorization) },
];
const userinfo = (path: string): Api['routes'] => [
  { method: 'GET', path, answer: serveUserinfo, forOwnOrigins: true },
  { method: 'POST', path, answer: serveUserinfo, forOwnOrigins: true },
];

/** The endpoints of the authorization server at its own paths, and again at the paths that the vendors document. */
export const oauth: readonly Api[] = [
  at('/.well-known/openid-configuration', open('', getMetadata)),
  at('/.well-known/oauth-authorization-server', open('', getMetadata)),
  at('/.well-known/oauth-protected-resource', open('', getResourceMetadata), open('/*', getResourceMetadata)),
  at(
    '/oauth',
    open('/jwks', getJwks),
    ...authorize('/authorize'),
    { method: 'GET', path: '/authorize/:uid', answer: forPeople(getResumption), acts: true },
    { method: 'GET', path: '/authorize/:uid/again', answer: forPeople(openAgain) },
    ...userinfo('/userinfo'),
    post('/par', postPushedRequest),
    { method: 'GET', path: '/end-session', answer: forPeople(startEndSession), acts: true },
    { method: 'POST', path: '/end-session', answer: forPeople(startEndSession) },
    { method: 'POST', path: '/end-session/answer', answer: forPeople(postEndSession) },
    post('/token', postToken({ json: true })),
    post('/introspect', postIntrospection),
    post('/revoke', postRevocation),
    post('/device', postDevice),
  ),
  at('/v2/oauth/token', post('', postTokenByKey)),
  at('/v2/oauth/introspect', post('', postIntrospectionByKey)),
  at('/v2/oauth/jwks', open('', getJwks)),
  at('/v2/.well-known/oauth-authorization-server', open('', getMetadata)),
  at('/v2/.well-known/oauth-protected-resource', open('', getRegistryMetadata)),
  at('/v2/oauth/authorize', ...authorize('', getAuthorizationByKey)),
  at('/o/token', post('', postToken())),
  at('/oauth2/token', post('', postToken())),
  at('/oauth2/authorize', ...authorize('')),
  at('/oauth2/userinfo', ...userinfo('')),
  at(
    '/oauth2/tokens',
    post('', postToken()),
    post('/introspect', postIntrospectionForScopes),
    post('/revoke', postRevocation),
  ),
];
