import type { Issue } from '#lib/errors';
import {
  applicationTypes,
  authMethods,
  type ClientMetadata,
  environments,
  grantTypes,
  type LocalizedTexts,
} from './client.ts';
import { refusal } from './issue.ts';

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : 'Send a text.');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'Send true or false.');
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null ? undefined : check(value);
const oneOf =
  (list: readonly string[], reasons: Record<string, string> = {}): Check =>
  (value) => {
    if (list.includes(value as string)) return undefined;
    const reason = typeof value === 'string' && Object.hasOwn(reasons, value) ? `${reasons[value]} ` : '';
    return `${reason}Choose ${list.length === 1 ? '' : 'one of '}${list.join(', ')}.`;
  };
const listOf =
  (check: Check, countMax = Number.POSITIVE_INFINITY): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'Send a list.';
    if (value.length > countMax) return `Send at most ${countMax}.`;
    return value.map(check).find((message) => message !== undefined);
  };
const wholeNumber =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `Send a whole number from ${min} to ${max}.`;

/** 366 days. */
export const lifetimeSecondsMax = 366 * 24 * 3600;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const localizedMembers: readonly (keyof LocalizedTexts)[] = ['name', 'clientUri', 'logoUri', 'tosUri', 'policyUri'];
const localizedTexts: Check = (value) => {
  if (!isObject(value)) return 'Send an object of texts.';
  const unknown = Object.keys(value).find((key) => !localizedMembers.some((member) => member === key));
  return unknown === undefined
    ? listOf(text)(Object.values(value))
    : `Only ${localizedMembers.join(', ')} have languages.`;
};

const notOffered = 'is not offered: it hands tokens to the browser or passwords to the client.';
const jwtSecret = 'client_secret_jwt is impossible: secrets are kept hashed.';
const mutualTls = 'Mutual TLS is not enforced yet, so it cannot be registered.';
const grantReasons = { implicit: `implicit ${notOffered}`, password: `password ${notOffered}` };
const methodReasons = {
  client_secret_jwt: jwtSecret,
  tls_client_auth: mutualTls,
  self_signed_tls_client_auth: mutualTls,
};
// Rule M19: never none, and never a symmetric one: secrets are kept hashed.
const signingAlgs = ['RS256', 'ES256'];

const shape: Record<keyof ClientMetadata, readonly [rule: string, check: Check]> = {
  name: ['M11', text],
  description: ['text', text],
  applicationType: ['shape', oneOf(applicationTypes)],
  environment: ['shape', oneOf(environments)],
  tokenEndpointAuthMethod: ['M6', oneOf(authMethods, methodReasons)],
  secretOptional: ['shape', flag],
  requirePkce: ['shape', flag],
  grantTypes: ['M4', listOf(oneOf(grantTypes, grantReasons))],
  responseTypes: ['M4', listOf(oneOf(['code']), 1)],
  scopes: ['M16', listOf(text)],
  optionalScopes: ['M16', listOf(text)],
  redirectUris: ['R1', listOf(text)],
  postLogoutRedirectUris: ['R15', listOf(text)],
  allowedOrigins: ['origin', listOf(text)],
  clientUri: ['M13', orNull(text)],
  logoUri: ['M13', orNull(text)],
  tosUri: ['M13', orNull(text)],
  policyUri: ['M13', orNull(text)],
  contacts: ['M15', listOf(text)],
  localized: ['M12', (value) => (isObject(value) ? listOf(localizedTexts)(Object.values(value)) : 'Send an object.')],
  accessTokenLifetimeSeconds: ['shape', wholeNumber(1, lifetimeSecondsMax)],
  refreshTokenLifetimeSeconds: ['shape', wholeNumber(1, lifetimeSecondsMax)],
  openToOtherOrganizations: ['shape', flag],
  jwks: ['M8', orNull((value) => (isObject(value) && Array.isArray(value.keys) ? undefined : 'Send {"keys": […]}.'))],
  jwksUri: ['M8', orNull(text)],
  softwareId: ['M22', orNull(text)],
  softwareVersion: ['M22', orNull(text)],
  subjectType: ['M2', oneOf(['public', 'pairwise'])],
  sectorIdentifierUri: ['M17', orNull(text)],
  idTokenSignedResponseAlg: ['M19', oneOf(signingAlgs)],
  userinfoSignedResponseAlg: ['M19', orNull(oneOf(signingAlgs))],
  initiateLoginUri: ['M18', orNull(text)],
  backchannelLogoutUri: ['M18', orNull(text)],
  backchannelLogoutSessionRequired: ['shape', flag],
  defaultMaxAgeSeconds: ['M20', orNull(wholeNumber(0, 2_147_483_647))],
  requireAuthTime: ['M20', flag],
  defaultAcrValues: ['M20', listOf(text, 20)],
  requirePushedAuthorizationRequests: ['M21', flag],
  dpopBoundAccessTokens: ['M21', flag],
};

const mutualTlsMembers = /^tlsClient/;
const notEnforced = new Set(['requireSignedRequestObject', 'requestObjectSigningAlg', 'authorizationDetailsTypes']);

/** Whether each member has its type, every wrong one at once; what they say is judged elsewhere. */
export function judgeShape(metadata: Readonly<ClientMetadata>): Issue[] {
  return (Object.keys(shape) as (keyof ClientMetadata)[]).flatMap((field) => judgeMember(field, metadata[field]));
}

/**
 * Reads members of unknown type by their domain names: the sound ones, and an issue for each other. A member that we
 * know and do not enforce is refused in every channel (rules M9, M10, M21); an unknown one only where the channel says so (M1).
 */
export function readMetadata(
  input: Readonly<Record<string, unknown>>,
  unknownMembers: 'refused' | 'ignored',
): { metadata: Partial<ClientMetadata>; issues: Issue[] } {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const judged = given.map(([field, value]) => ({ field, value, issues: judgeMember(field, value) }));
  const issues = judged.flatMap((member) => member.issues);
  return {
    metadata: Object.fromEntries(
      judged.filter((member) => member.issues.length === 0).map(({ field, value }) => [field, value]),
    ),
    issues: unknownMembers === 'refused' ? issues : issues.filter((issue) => issue.rule !== 'M1'),
  };
}

function judgeMember(field: string, value: unknown): Issue[] {
  if (value !== false && mutualTlsMembers.test(field)) return [refusal(field, 'M9', mutualTls)];
  if (value !== false && notEnforced.has(field))
    return [refusal(field, 'M21', 'It is not enforced yet, so it cannot be registered.')];
  if (!Object.hasOwn(shape, field)) return [refusal(field, 'M1', 'Remove it: there is no such member.')];
  const [rule, check] = shape[field as keyof ClientMetadata];
  const message = check(value);
  return message === undefined ? [] : [refusal(field, rule, message)];
}
