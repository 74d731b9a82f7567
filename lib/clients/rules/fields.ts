import type { Issue } from '#lib/kernel/errors';
import {
  applicationTypes,
  authMethods,
  environments,
  grantTypes,
  localizableFields,
  responseTypes,
  signingAlgs,
  subjectTypes,
} from '../client.ts';
import {
  type ChannelGroup,
  channelGroups,
  endpoint,
  type Field,
  image,
  off,
  page,
  type Spelling,
  setByAll,
  setByDevelopers,
  setByRegistration,
  setByVendors,
  software,
  textLengthMax,
  textOrNull,
  texts,
  unique,
} from './field.ts';
import { flag, keySet, listOf, oneOf, orNull, recordOf, text, textsOf, wholeNumber } from './field-check.ts';
import { judgeText, normaliseLocalized, normaliseName, normaliseText } from './name.ts';
import { withHttps } from './web-uri.ts';

/** 366 days, for access and refresh tokens. */
export const lifetimeSecondsMax = 366 * 24 * 3600;
export const descriptionLengthMax = 255;

const notOffered = 'is not offered: it hands tokens to the browser or passwords to the client.';
export const mutualTls = 'Mutual TLS is not enforced yet, so it cannot be registered.';
const grantReasons = { implicit: `implicit ${notOffered}`, password: `password ${notOffered}` };
/** Returns the message for a grant type that is not in `list`, for a channel that supports only those. */
export const refuseGrantType = (list: readonly string[], value: unknown): string =>
  oneOf(list, grantReasons)(value)[0]?.message ?? '';
const methodReasons = {
  client_secret_jwt: 'client_secret_jwt is impossible: secrets are kept hashed.',
  tls_client_auth: mutualTls,
  self_signed_tls_client_auth: mutualTls,
};
// Rule M19: never `none`, and no symmetric algorithm, because secrets are stored hashed.
const signingAlg = oneOf(signingAlgs);
const seconds = wholeNumber(1, lifetimeSecondsMax);
const grantList = listOf(oneOf(grantTypes, grantReasons));
const acrList = listOf(text, 20);
const localizedTexts = recordOf(textsOf(localizableFields));

/**
 * The fields of a client that a developer sets, each described once. Types, validation, defaults, the fields that a channel may set,
 * the fields that a copy takes over, the written columns and the labels of the history are derived from this table. A field's column
 * has the field's name.
 */
const described = {
  name: setByAll({ rule: 'M11', check: text, byDefault: '', label: 'Name', normalise: normaliseName }),
  description: setByAll({
    rule: 'text',
    check: text,
    byDefault: '',
    label: 'Description',
    normalise: normaliseText,
  }),
  applicationType: setByAll({ rule: 'M2', check: oneOf(applicationTypes), byDefault: 'web', label: 'Type' }),
  /** Fixed at creation. */
  environment: setByDevelopers({
    rule: 'environment',
    check: oneOf(environments),
    byDefault: 'production',
    label: 'Environment',
  }),
  tokenEndpointAuthMethod: setByAll({
    rule: 'M6',
    check: oneOf(authMethods, methodReasons),
    byDefault: 'client_secret_basic',
    label: 'Authentication',
  }),
  /** The client may also authenticate with PKCE instead of its secret (DocSpace's `allow_pkce`). */
  secretOptional: setByVendors({ rule: 'M7', ...off, label: 'May come without its secret' }),
  requirePkce: setByVendors({ rule: 'M7', ...off, label: 'PKCE required' }),
  grantTypes: setByAll({
    rule: 'M4',
    check: grantList,
    byDefault: [],
    label: 'Grant types',
    normalise: unique,
  }),
  responseTypes: setByAll({
    rule: 'M4',
    check: listOf(oneOf(responseTypes), 1),
    byDefault: [],
    label: 'Response types',
  }),
  scopes: setByAll({ rule: 'M16', ...texts, label: 'Permissions', normalise: unique }),
  /** The members of `scopes` that a person may decline on the consent page; all others are required. */
  optionalScopes: setByDevelopers({
    rule: 'M16',
    ...texts,
    label: 'Permissions that people may decline',
    normalise: unique,
  }),
  redirectUris: setByAll({ rule: 'R1', ...texts, label: 'Redirect URIs' }),
  postLogoutRedirectUris: setByAll({
    rule: 'R15',
    ...texts,
    label: 'Logout redirect URIs',
    normalise: (uris, { schemelessUris }) => (schemelessUris ? uris.map(withHttps) : uris),
  }),
  allowedOrigins: setByAll({ rule: 'origin', ...texts, label: 'Allowed origins' }),
  clientUri: setByAll({ ...page, label: 'Website' }),
  /** The developer's URL of the logo. No page links to it: it is fetched once if no logo was uploaded, and pages show `logoHash`. */
  logoUri: setByAll({ ...image, label: 'Logo address' }),
  tosUri: setByAll({ ...page, label: 'Terms of service' }),
  policyUri: setByAll({ ...page, label: 'Privacy policy' }),
  contacts: setByAll({ rule: 'M15', ...texts, label: 'Contacts' }),
  localized: setByAll({
    rule: 'M12',
    check: localizedTexts,
    byDefault: {},
    label: 'Texts in other languages',
    normalise: normaliseLocalized,
  }),
  accessTokenLifetimeSeconds: setByVendors({
    rule: 'lifetime',
    check: seconds,
    byDefault: 3600,
    label: 'Access token lifetime',
  }),
  refreshTokenLifetimeSeconds: setByVendors({
    rule: 'lifetime',
    check: seconds,
    byDefault: 30 * 24 * 3600,
    label: 'Refresh token lifetime',
  }),
  /** Members of other organizations may authorize it (DocSpace's `is_public`). */
  openToOtherOrganizations: setByVendors({
    rule: 'organizations',
    check: flag,
    byDefault: true,
    label: 'Open to other organizations',
  }),
  jwks: setByAll({ rule: 'M8', check: orNull(keySet), byDefault: null, label: 'Public keys' }),
  jwksUri: setByAll({ rule: 'M8', ...textOrNull, label: 'Address of the public keys' }),
  softwareId: setByAll({ ...software, label: 'Software ID' }),
  softwareVersion: setByAll({ ...software, label: 'Software version' }),
  subjectType: setByAll({ rule: 'M2', check: oneOf(subjectTypes), byDefault: 'public', label: 'Subject identifiers' }),
  sectorIdentifierUri: setByRegistration({ rule: 'M17', ...textOrNull, label: 'Sector identifier URI' }),
  idTokenSignedResponseAlg: setByAll({
    rule: 'M19',
    check: signingAlg,
    byDefault: 'RS256',
    label: 'ID token signature',
  }),
  /** Null: userinfo answers plain JSON (OpenID Connect Registration §2). */
  userinfoSignedResponseAlg: setByAll({
    rule: 'M19',
    check: orNull(signingAlg),
    byDefault: null,
    label: 'Userinfo signature',
  }),
  initiateLoginUri: setByAll({ ...endpoint, label: 'Sign-in start page' }),
  backchannelLogoutUri: setByAll({ ...endpoint, label: 'Back-channel logout URI' }),
  backchannelLogoutSessionRequired: setByAll({
    rule: 'M18',
    ...off,
    label: 'Back-channel logout names the session',
  }),
  defaultMaxAgeSeconds: setByAll({
    rule: 'M20',
    check: orNull(wholeNumber(0, 2_147_483_647)),
    byDefault: null,
    label: 'Sign-in no older than',
  }),
  requireAuthTime: setByAll({ rule: 'M20', ...off, label: 'Time of sign-in required' }),
  defaultAcrValues: setByAll({
    rule: 'M20',
    check: acrList,
    byDefault: [],
    label: 'Authentication context',
    judge: (values, { field }) =>
      values.flatMap((value, at) =>
        judgeText(value, { field: `${field}.${at}`, rule: 'M20', lengthMax: textLengthMax }),
      ),
  }),
  requirePushedAuthorizationRequests: setByAll({
    rule: 'M21',
    ...off,
    label: 'Pushed authorization requests required',
  }),
  dpopBoundAccessTokens: setByAll({ rule: 'M21', ...off, label: 'Access tokens bound by DPoP' }),
};

/** The fields of a client that a developer sets, in the domain's names; the same in every channel (RFC 7591 §2). */
export type ClientMetadata = { [Name in keyof typeof described]: (typeof described)[Name]['byDefault'] };

export const fields: { readonly [Name in keyof ClientMetadata]: Field<ClientMetadata[Name]> } = described;

export type FieldName = keyof ClientMetadata;
export const fieldNames = Object.keys(fields) as FieldName[];
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fields, name);

/** Members may be absent or undefined: both mean that no value is given. */
export type Optional<T> = { [Name in keyof T]?: T[Name] | undefined };

/** Copies the fields of client metadata from an object, and no other property of it. */
export function fieldsOf(source: Readonly<ClientMetadata>): ClientMetadata;
export function fieldsOf(source: Readonly<Optional<ClientMetadata>>): Partial<ClientMetadata>;
export function fieldsOf(source: Readonly<Optional<ClientMetadata>>): Partial<ClientMetadata> {
  const given = fieldNames.filter((name) => Object.hasOwn(source, name) && source[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, source[name]]));
}

/** Whether channels of that group may set the field. */
export function maySet(group: ChannelGroup, name: FieldName): boolean {
  return channelGroups.indexOf(group) <= channelGroups.indexOf(fields[name].setBy);
}

/** Returns the default of each field. */
export function defaults(): ClientMetadata {
  return Object.fromEntries(
    fieldNames.map((name) => [name, structuredClone(fields[name].byDefault)]),
  ) as ClientMetadata;
}

/** Whether an empty text means "no value" for a field: it is nullable and holds a text (RFC 6749 §3.1, RFC 7592 §2.2). */
export const mayBeEmpty = (name: FieldName): boolean =>
  fields[name].byDefault === null && fields[name].check('').length === 0;

const normalise = <Name extends FieldName>(name: Name, value: ClientMetadata[Name], channel: Spelling) =>
  fields[name].normalise?.(value, channel) ?? value;

/** Returns metadata with each value in its stored form. */
export const normalised = (metadata: ClientMetadata, channel: Spelling): ClientMetadata => ({
  ...metadata,
  ...Object.fromEntries(fieldNames.map((name) => [name, normalise(name, metadata[name], channel)])),
});

/** Returns the issues of a field's own rule. */
export const judgeField = <Name extends FieldName>(name: Name, metadata: ClientMetadata): Issue[] =>
  fields[name].judge?.(metadata[name], { ...metadata, field: name }) ?? [];
