import { z } from 'zod';
import {
  applicationTypes,
  authMethods,
  type ClientMetadata,
  descriptionLengthMax,
  environments,
  type FieldName,
  grantTypes,
  type LocalizedTexts,
  lifetimeSecondsMax,
  nameLengthMax,
  redirectUriMax,
  responseTypes,
  signingAlgs,
  subjectTypes,
} from '#lib/clients/rules';
import { tableOf } from '#lib/kernel/table';
import { scope } from './values.ts';

const webUri = z.string().meta({ examples: ['https://app.example/about'] });
const seconds = z.int().min(1).max(lifetimeSecondsMax);
const uri = z.string().meta({ examples: ['https://app.example/callback'] });
const uris = z.array(uri).meta({ description: `At most ${redirectUriMax}.` });
const optionalScopes = z.array(z.string().meta({ examples: ['email'] })).meta({
  description:
    'Those of `scope` that a person may decline; the others are allowed together or not at all. Never `openid`. A scope that leaves `scope` leaves here too.',
});
const jwks = z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) });
const name = z.string().meta({ description: `1 to ${nameLengthMax} characters.`, examples: ['Invoices'] });

const texts = { client_name: name, client_uri: webUri, logo_uri: webUri, tos_uri: webUri, policy_uri: webUri };
const textsOfLanguage = z.strictObject(texts).partial();
const byLanguage = 'Texts by language tag (BCP 47): what RFC 7591 §2.2 writes as `client_name#de`.';

type Member<T> = {
  /** This API's name of the field: the one of RFC 7591 or OpenID Connect Registration, if defined there. */
  name: string;
  schema: z.ZodType;
  /** The schema in a patch, if it differs. */
  patch?: z.ZodType;
  /** The wire value after a patch with null, if the field cannot be null. */
  without?: unknown;
  /** Writes the field's value, if the wire form differs. */
  write?: (value: T) => unknown;
};

/** A member that a patch can remove with null, and its value afterwards. */
const removable = <Schema extends z.ZodType>(schema: Schema, without: unknown) => ({
  schema,
  patch: schema.nullable(),
  without,
});

const localized = {
  schema: z.record(z.string(), textsOfLanguage).meta({ description: byLanguage }),
  patch: z.record(z.string(), nullableTexts().nullable()).nullable().meta({ description: byLanguage }),
  without: {},
  write: writeLocalized,
};

function nullableTexts() {
  const { client_name, client_uri, logo_uri, tos_uri, policy_uri } = texts;
  return z
    .strictObject({
      client_name: client_name.nullable(),
      client_uri: client_uri.nullable(),
      logo_uri: logo_uri.nullable(),
      tos_uri: tos_uri.nullable(),
      policy_uri: policy_uri.nullable(),
    })
    .partial();
}

export function writeLocalized(localized: Record<string, LocalizedTexts>) {
  return Object.fromEntries(Object.entries(localized).map(([tag, texts]) => [tag, writeTexts(texts)]));
}

function writeTexts({ name, clientUri, logoUri, tosUri, policyUri }: LocalizedTexts) {
  return {
    ...(name !== undefined && { client_name: name }),
    ...(clientUri !== undefined && { client_uri: clientUri }),
    ...(logoUri !== undefined && { logo_uri: logoUri }),
    ...(tosUri !== undefined && { tos_uri: tosUri }),
    ...(policyUri !== undefined && { policy_uri: policyUri }),
  };
}

/** A client's fields in this API, in the order of its answers. */
export const members = {
  name: { name: 'client_name', schema: name },
  description: {
    name: 'description',
    ...removable(z.string().meta({ description: `Up to ${descriptionLengthMax} characters.` }), ''),
  },
  applicationType: { name: 'application_type', schema: z.enum(applicationTypes) },
  tokenEndpointAuthMethod: { name: 'token_endpoint_auth_method', schema: z.enum(authMethods) },
  secretOptional: {
    name: 'secret_optional',
    schema: z.boolean().meta({ description: 'The client may also come without its secret, with PKCE instead.' }),
  },
  requirePkce: { name: 'require_pkce', schema: z.boolean() },
  grantTypes: { name: 'grant_types', schema: z.array(z.enum(grantTypes)) },
  responseTypes: { name: 'response_types', schema: z.array(z.enum(responseTypes)).max(1) },
  scopes: { name: 'scope', ...removable(scope, ''), write: (scopes: string[]) => scopes.join(' ') },
  optionalScopes: { name: 'optional_scopes', ...removable(optionalScopes, []) },
  redirectUris: { name: 'redirect_uris', ...removable(uris, []) },
  postLogoutRedirectUris: { name: 'post_logout_redirect_uris', ...removable(uris, []) },
  allowedOrigins: {
    name: 'allowed_origins',
    ...removable(z.array(z.string().meta({ examples: ['https://app.example'] })), []),
  },
  clientUri: { name: 'client_uri', schema: webUri.nullable() },
  logoUri: {
    name: 'logo_uri',
    schema: webUri.nullable().meta({
      description: 'An image there is fetched once, and shown from here where no logo was uploaded. Never an SVG.',
    }),
  },
  tosUri: { name: 'tos_uri', schema: webUri.nullable() },
  policyUri: { name: 'policy_uri', schema: webUri.nullable() },
  contacts: {
    name: 'contacts',
    ...removable(z.array(z.string().meta({ format: 'email', examples: ['dev@app.example'] })), []),
  },
  localized: { name: 'localized', ...localized },
  accessTokenLifetimeSeconds: { name: 'access_token_lifetime_seconds', schema: seconds },
  refreshTokenLifetimeSeconds: { name: 'refresh_token_lifetime_seconds', schema: seconds },
  openToOtherOrganizations: { name: 'open_to_other_organizations', schema: z.boolean() },
  jwks: {
    name: 'jwks',
    schema: jwks.nullable().meta({ description: 'Public keys only. Either this or `jwks_uri`.' }),
    patch: jwks.partial().nullable(),
  },
  jwksUri: { name: 'jwks_uri', schema: webUri.nullable() },
  softwareId: { name: 'software_id', schema: z.string().nullable() },
  softwareVersion: { name: 'software_version', schema: z.string().nullable() },
  subjectType: { name: 'subject_type', schema: z.enum(subjectTypes) },
  sectorIdentifierUri: { name: 'sector_identifier_uri', schema: webUri.nullable() },
  idTokenSignedResponseAlg: { name: 'id_token_signed_response_alg', schema: z.enum(signingAlgs) },
  userinfoSignedResponseAlg: {
    name: 'userinfo_signed_response_alg',
    schema: z
      .enum(signingAlgs)
      .nullable()
      .meta({ description: 'Userinfo answers a JWT that is signed so; null: plain JSON.' }),
  },
  initiateLoginUri: { name: 'initiate_login_uri', schema: webUri.nullable() },
  backchannelLogoutUri: { name: 'backchannel_logout_uri', schema: webUri.nullable() },
  backchannelLogoutSessionRequired: { name: 'backchannel_logout_session_required', schema: z.boolean() },
  defaultMaxAgeSeconds: {
    name: 'default_max_age',
    schema: z.int().min(0).max(2_147_483_647).nullable().meta({ description: 'Seconds.' }),
  },
  requireAuthTime: { name: 'require_auth_time', schema: z.boolean() },
  defaultAcrValues: { name: 'default_acr_values', ...removable(z.array(z.string()).max(20), []) },
  requirePushedAuthorizationRequests: { name: 'require_pushed_authorization_requests', schema: z.boolean() },
  dpopBoundAccessTokens: { name: 'dpop_bound_access_tokens', schema: z.boolean() },
  environment: { name: 'environment', schema: z.enum(environments).meta({ description: 'Fixed at creation.' }) },
} as const satisfies { readonly [Name in FieldName]: Member<ClientMetadata[Name]> };

type Members = typeof members;
type Settable = Exclude<FieldName, 'environment'>;

/** The wire type of each field in an answer. */
type Settings = {
  [Name in Settable as Members[Name]['name']]: Members[Name] extends { write: (value: never) => infer Written }
    ? Written
    : ClientMetadata[Name];
};
type Shape = { [Name in Settable as Members[Name]['name']]: Members[Name]['schema'] };
type PatchShape = {
  [Name in Settable as Members[Name]['name']]: Members[Name] extends { patch: infer Patch }
    ? Patch
    : Members[Name]['schema'];
};

const table: { readonly [Name in FieldName]: Member<ClientMetadata[Name]> } = members;
const all = Object.keys(members) as FieldName[];
const settable = all.filter((field) => field !== 'environment');
const ofSettable = <T>(write: (field: FieldName) => T) =>
  Object.fromEntries(settable.map((field) => [table[field].name, write(field)]));

export const shape = ofSettable((field) => table[field].schema) as Shape;
export const patchShape = ofSettable((field) => table[field].patch ?? table[field].schema) as PatchShape;
/** The wire value of each member after a patch with null. */
export const without = tableOf<unknown>(ofSettable((field) => table[field].without ?? null));

/** Writes the client's settings with this API's names. */
export const writeSettings = (client: ClientMetadata) =>
  ofSettable((field) => writeField(field, client[field])) as Settings;

function writeField<Name extends FieldName>(field: Name, value: ClientMetadata[Name]): unknown {
  const { write } = table[field];
  return write ? write(value) : value;
}
