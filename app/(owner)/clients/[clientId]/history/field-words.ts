import type { Client } from '#lib/clients/rules';
import { authWords, environmentWords, grantWords, reviewWords, statusWords, typeWords } from '../../words.ts';

const labels: Partial<Record<keyof Client, string>> & Record<string, string> = {
  name: 'Name',
  description: 'Description',
  applicationType: 'Type',
  environment: 'Environment',
  tokenEndpointAuthMethod: 'Authentication',
  secretOptional: 'May come without its secret',
  requirePkce: 'PKCE required',
  grantTypes: 'Grant types',
  responseTypes: 'Response types',
  scopes: 'Permissions',
  optionalScopes: 'Permissions that people may decline',
  redirectUris: 'Redirect URIs',
  postLogoutRedirectUris: 'Logout redirect URIs',
  allowedOrigins: 'Allowed origins',
  clientUri: 'Website',
  logoUri: 'Logo address',
  logoHash: 'Logo',
  logoFetchedFrom: 'Logo fetched from',
  tosUri: 'Terms of service',
  policyUri: 'Privacy policy',
  contacts: 'Contacts',
  localized: 'Texts in other languages',
  accessTokenLifetimeSeconds: 'Access token lifetime',
  refreshTokenLifetimeSeconds: 'Refresh token lifetime',
  openToOtherOrganizations: 'Open to other organizations',
  jwks: 'Public keys',
  jwksUri: 'Address of the public keys',
  softwareId: 'Software ID',
  softwareVersion: 'Software version',
  subjectType: 'Subject identifiers',
  sectorIdentifierUri: 'Sector identifier URI',
  idTokenSignedResponseAlg: 'ID token signature',
  userinfoSignedResponseAlg: 'Userinfo signature',
  initiateLoginUri: 'Sign-in start page',
  backchannelLogoutUri: 'Back-channel logout URI',
  backchannelLogoutSessionRequired: 'Back-channel logout names the session',
  defaultMaxAgeSeconds: 'Sign-in no older than',
  requireAuthTime: 'Time of sign-in required',
  defaultAcrValues: 'Authentication context',
  requirePushedAuthorizationRequests: 'Pushed authorization requests required',
  dpopBoundAccessTokens: 'Access tokens bound by DPoP',
  productId: 'Product',
  status: 'Status',
  reviewState: 'Review',
  firstParty: 'The platform’s own',
  expiresAt: 'Ends',
  overlapSeconds: 'The earlier secrets end after',
  secrets: 'Secrets',
  endedTokens: 'Tokens that ended',
};

/** The fields in the order in which people look for them; unknown ones last. */
export function inOrder(fields: readonly string[]): string[] {
  const known = Object.keys(labels);
  const place = (field: string) => (known.includes(field) ? known.indexOf(field) : known.length);
  return [...fields].sort((a, b) => place(a) - place(b));
}

/** A field of the history in words; one that is not in the list by its own name, spaced. */
export function labelOf(field: string): string {
  const spaced = field.replace(/([a-z])([A-Z])/g, (_all, end, start) => `${end} ${start.toLowerCase()}`);
  return labels[field] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const words: Record<string, Record<string, string | { label: string }>> = {
  applicationType: typeWords,
  environment: environmentWords,
  tokenEndpointAuthMethod: authWords,
  grantTypes: grantWords,
  status: statusWords,
  reviewState: reviewWords,
};

/** A value as texts, one a line; none for what is empty. */
export function textsOfValue(field: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one) => textsOfValue(field, one));
  if (field === 'logoHash') return [`Image ${String(value).slice(0, 8)}`];
  if (typeof value === 'boolean') return [value ? 'Yes' : 'No'];
  if (typeof value === 'number') return [field.endsWith('Seconds') ? duration(value) : String(value)];
  if (typeof value === 'object')
    return Object.entries(value).map(([key, part]) => `${key}: ${JSON.stringify(part, null, 1)}`);
  const word = Object.hasOwn(words[field] ?? {}, String(value)) ? words[field]?.[String(value)] : undefined;
  if (word) return [typeof word === 'string' ? word : word.label];
  return [field === 'expiresAt' ? `${String(value).slice(0, 16).replace('T', ' ')} UTC` : String(value)];
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Seconds in the largest unit that fits them whole. */
function duration(seconds: number): string {
  const [unit, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
