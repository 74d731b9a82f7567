import { writeError, writeErrorWithFields, writeFault } from '#lib/dialects/registration/index';
import type { Api } from '../api.ts';
import { deleteOwnRegistration, getOwnRegistration, postRegistration, putOwnRegistration } from './handlers.ts';

const routes: Api['routes'] = [
  { method: 'POST', path: '', answer: postRegistration, forBrowsers: true },
  { method: 'GET', path: '/:id', answer: getOwnRegistration, forBrowsers: true },
  { method: 'PUT', path: '/:id', answer: putOwnRegistration, forBrowsers: true },
  { method: 'DELETE', path: '/:id', answer: deleteOwnRegistration, forBrowsers: true },
];

/** Dynamic client registration (RFC 7591) and its management (RFC 7592). */
export const registration: Api = {
  root: '/oauth/register',
  prefixes: ['/oauth/register'],
  protects: 'itself',
  routes,
  writeError,
  writeFault,
};

/** The same at Telnyx's path, with errors that list each wrong member, as Telnyx documents them. */
export const telnyxRegistration: Api = {
  root: '/v2/oauth/register',
  prefixes: ['/v2/oauth/register'],
  protects: 'itself',
  routes,
  writeError: writeErrorWithFields,
  writeFault,
};
