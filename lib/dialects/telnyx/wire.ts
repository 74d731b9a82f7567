import { z } from 'zod';
import { refuseGrantType } from '#lib/clients/rules';

/** The grant types that this API has a word for. */
export const grantTypes = ['client_credentials', 'authorization_code', 'refresh_token'] as const;
export const clientTypes = ['public', 'confidential'] as const;

const needed = ({ input }: { input?: unknown }) => (input === undefined ? 'It is needed.' : undefined);
const text = z.string({ error: (issue) => needed(issue) ?? 'Send a text.' });
const texts = z.array(text, { error: (issue) => needed(issue) ?? 'Send a list of texts.' });
/** An address of a page: null or an empty text is none. */
const uri = text.transform((value) => (value === '' ? null : value)).nullable();
const flag = z.boolean({ error: (issue) => needed(issue) ?? 'Send true or false.' });
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, { error: (issue) => needed(issue) ?? `Choose ${names.join(' or ')}.` });
const grant = z.enum(grantTypes, { error: ({ input }) => refuseGrantType(grantTypes, input) });
const grants = z.array(grant, { error: (issue) => needed(issue) ?? 'Send a list of grant types.' });

/** `POST /oauth_clients`; nothing else may be sent. */
export const newClientWire = z.strictObject({
  name: text,
  allowed_scopes: texts,
  client_type: oneOf(clientTypes),
  allowed_grant_types: grants,
  redirect_uris: texts.nullish(),
  require_pkce: flag.nullish(),
  logo_uri: uri.optional(),
  tos_uri: uri.optional(),
  policy_uri: uri.optional(),
});

/** `POST /oauth/grants` */
export const consentWire = z.strictObject({ allowed: flag, consent_token: text });

/** `PUT /oauth_clients/{id}`: what is left out keeps its value; the client type never changes. */
export const patchWire = newClientWire.omit({ client_type: true }).partial();
