import {
  applicationTypes,
  authMethods,
  type ClientMetadata,
  environments,
  grantTypes,
  type LocalizedTexts,
} from './client.ts';
import {
  type Check,
  flag,
  keySet,
  listOf,
  oneOf,
  orNull,
  recordOf,
  text,
  textsOf,
  wholeNumber,
} from './field-check.ts';

/** Who is listed before may set all that those after it may. */
export const channelGroups = ['developers', 'vendors', 'registration', 'documents'] as const;
/**
 * `developers`: the portal and the native API. `vendors`: APIs of other products. `registration`: RFC 7591. `documents`: client
 * metadata documents.
 */
export type ChannelGroup = (typeof channelGroups)[number];

type Field<T> = {
  /** The rule of the rule book that its type belongs to; `docs/rules.md`. */
  rule: string;
  check: Check;
  /** Its value where neither the caller nor the channel says one. */
  byDefault: T;
  /** The last group of channels that may set it; every one where it is left out. */
  setBy?: ChannelGroup;
  /** How the history calls it. */
  label: string;
};

/** 366 days. */
export const lifetimeSecondsMax = 366 * 24 * 3600;
const localizable: readonly (keyof LocalizedTexts)[] = ['name', 'clientUri', 'logoUri', 'tosUri', 'policyUri'];

const notOffered = 'is not offered: it hands tokens to the browser or passwords to the client.';
export const mutualTls = 'Mutual TLS is not enforced yet, so it cannot be registered.';
const grantReasons = { implicit: `implicit ${notOffered}`, password: `password ${notOffered}` };
const methodReasons = {
  client_secret_jwt: 'client_secret_jwt is impossible: secrets are kept hashed.',
  tls_client_auth: mutualTls,
  self_signed_tls_client_auth: mutualTls,
};
// Rule M19: never none, and never a symmetric one: secrets are kept hashed.
const signingAlg = oneOf(['RS256', 'ES256']);
const texts = listOf(text);
const textOrNull = { check: orNull(text), byDefault: null };
const off = { check: flag, byDefault: false };
const seconds = wholeNumber(1, lifetimeSecondsMax);

/**
 * The fields of a client that a developer decides about, each described once. Validation, defaults, what a channel may set, what a
 * copy takes over and the columns that are written are derived from it. A field's column has the field's name.
 */
export const fields: { readonly [Name in keyof ClientMetadata]: Field<ClientMetadata[Name]> } = {
  name: { rule: 'M11', check: text, byDefault: '', label: 'Name' },
  description: { rule: 'text', check: text, byDefault: '', label: 'Description' },
  applicationType: { rule: 'M2', check: oneOf(applicationTypes), byDefault: 'web', label: 'Type' },
  environment: {
    rule: 'environment',
    check: oneOf(environments),
    byDefault: 'production',
    setBy: 'developers',
    label: 'Environment',
  },
  tokenEndpointAuthMethod: {
    rule: 'M6',
    check: oneOf(authMethods, methodReasons),
    byDefault: 'client_secret_basic',
    label: 'Authentication',
  },
  secretOptional: { rule: 'M7', ...off, setBy: 'vendors', label: 'May come without its secret' },
  requirePkce: { rule: 'M7', ...off, setBy: 'vendors', label: 'PKCE required' },
  grantTypes: { rule: 'M4', check: listOf(oneOf(grantTypes, grantReasons)), byDefault: [], label: 'Grant types' },
  responseTypes: { rule: 'M4', check: listOf(oneOf(['code']), 1), byDefault: [], label: 'Response types' },
  scopes: { rule: 'M16', check: texts, byDefault: [], label: 'Permissions' },
  optionalScopes: {
    rule: 'M16',
    check: texts,
    byDefault: [],
    setBy: 'developers',
    label: 'Permissions that people may decline',
  },
  redirectUris: { rule: 'R1', check: texts, byDefault: [], label: 'Redirect URIs' },
  postLogoutRedirectUris: { rule: 'R15', check: texts, byDefault: [], label: 'Logout redirect URIs' },
  allowedOrigins: { rule: 'origin', check: texts, byDefault: [], label: 'Allowed origins' },
  clientUri: { rule: 'M13', ...textOrNull, label: 'Website' },
  logoUri: { rule: 'M13', ...textOrNull, label: 'Logo address' },
  tosUri: { rule: 'M13', ...textOrNull, label: 'Terms of service' },
  policyUri: { rule: 'M13', ...textOrNull, label: 'Privacy policy' },
  contacts: { rule: 'M15', check: texts, byDefault: [], label: 'Contacts' },
  localized: { rule: 'M12', check: recordOf(textsOf(localizable)), byDefault: {}, label: 'Texts in other languages' },
  accessTokenLifetimeSeconds: {
    rule: 'lifetime',
    check: seconds,
    byDefault: 3600,
    setBy: 'vendors',
    label: 'Access token lifetime',
  },
  refreshTokenLifetimeSeconds: {
    rule: 'lifetime',
    check: seconds,
    byDefault: 30 * 24 * 3600,
    setBy: 'vendors',
    label: 'Refresh token lifetime',
  },
  openToOtherOrganizations: {
    rule: 'organizations',
    check: flag,
    byDefault: true,
    setBy: 'vendors',
    label: 'Open to other organizations',
  },
  jwks: { rule: 'M8', check: orNull(keySet), byDefault: null, label: 'Public keys' },
  jwksUri: { rule: 'M8', ...textOrNull, label: 'Address of the public keys' },
  softwareId: { rule: 'M22', ...textOrNull, label: 'Software ID' },
  softwareVersion: { rule: 'M22', ...textOrNull, label: 'Software version' },
  subjectType: { rule: 'M2', check: oneOf(['public', 'pairwise']), byDefault: 'public', label: 'Subject identifiers' },
  sectorIdentifierUri: { rule: 'M17', ...textOrNull, setBy: 'registration', label: 'Sector identifier URI' },
  idTokenSignedResponseAlg: { rule: 'M19', check: signingAlg, byDefault: 'RS256', label: 'ID token signature' },
  userinfoSignedResponseAlg: { rule: 'M19', check: orNull(signingAlg), byDefault: null, label: 'Userinfo signature' },
  initiateLoginUri: { rule: 'M18', ...textOrNull, label: 'Sign-in start page' },
  backchannelLogoutUri: { rule: 'M18', ...textOrNull, label: 'Back-channel logout URI' },
  backchannelLogoutSessionRequired: { rule: 'M18', ...off, label: 'Back-channel logout names the session' },
  defaultMaxAgeSeconds: {
    rule: 'M20',
    check: orNull(wholeNumber(0, 2_147_483_647)),
    byDefault: null,
    label: 'Sign-in no older than',
  },
  requireAuthTime: { rule: 'M20', ...off, label: 'Time of sign-in required' },
  defaultAcrValues: { rule: 'M20', check: listOf(text, 20), byDefault: [], label: 'Authentication context' },
  requirePushedAuthorizationRequests: { rule: 'M21', ...off, label: 'Pushed authorization requests required' },
  dpopBoundAccessTokens: { rule: 'M21', ...off, label: 'Access tokens bound by DPoP' },
};

export type FieldName = keyof ClientMetadata;
export const fieldNames = Object.keys(fields) as FieldName[];
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fields, name);

/** Copies the fields of client metadata from an object, and no other property of it. */
export function fieldsOf(source: Readonly<ClientMetadata>): ClientMetadata;
export function fieldsOf(source: Readonly<Partial<ClientMetadata>>): Partial<ClientMetadata>;
export function fieldsOf(source: Readonly<Partial<ClientMetadata>>): Partial<ClientMetadata> {
  const given = fieldNames.filter((name) => Object.hasOwn(source, name) && source[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, source[name]]));
}

/** Whether channels of that group may set the field. */
export function maySet(group: ChannelGroup, name: FieldName): boolean {
  const { setBy = 'documents' } = fields[name];
  return channelGroups.indexOf(group) <= channelGroups.indexOf(setBy);
}

/** What a client has of which nobody says anything. */
export function defaults(): ClientMetadata {
  return Object.fromEntries(
    fieldNames.map((name) => [name, structuredClone(fields[name].byDefault)]),
  ) as ClientMetadata;
}

/** A field that may be without a value, and would be a text: an empty one stands for none (RFC 6749 §3.1, RFC 7592 §2.2). */
export const mayBeEmpty = (name: FieldName): boolean =>
  fields[name].byDefault === null && fields[name].check('').length === 0;
