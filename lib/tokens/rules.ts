import { platformScopes, type TokenScope, tokenScopes } from '#lib/kernel/actor';
import type { Issue } from '#lib/kernel/errors';

export { type TokenScope, tokenScopes };

/** An API token without its value. */
export type ApiToken = {
  id: string;
  organizationId: string;
  userId: string;
  name: string;
  /** The last four characters, so that people can tell tokens apart. */
  lastFour: string;
  scopes: TokenScope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** A token as a list shows it, with the names of its organization and its user. */
export type ListedToken = ApiToken & { organizationName: string; userName: string };

export type TokenState = 'live' | 'expiring' | 'expired' | 'revoked';

const expiringSoonMs = 7 * 24 * 3600 * 1000;

export function stateOfToken(token: Pick<ApiToken, 'expiresAt' | 'revokedAt'>, now = new Date()): TokenState {
  if (token.revokedAt) return 'revoked';
  if (!token.expiresAt) return 'live';
  const left = token.expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left <= expiringSoonMs ? 'expiring' : 'live';
}

/** Live tokens per person and organization. */
export const liveTokensMax = 100;
/** The longest lifetime; a token may also have no end. */
export const tokenLifetimeDaysMax = 3650;

/** The texts of each scope, for the page on which a person chooses scopes. */
export const tokenScopeTexts: Record<TokenScope, { title: string; description: string }> = {
  'clients:read': { title: 'Read apps', description: 'List apps and read their settings, without secrets.' },
  'clients:write': {
    title: 'Manage apps',
    description: 'Register, edit, disable and delete apps, and rotate secrets.',
  },
  'clients:secrets': {
    title: 'Read secrets',
    description: 'Receive the secrets that some APIs promise to return later.',
  },
  'grants:read': { title: 'Read consents', description: 'See which apps people have authorized.' },
  'grants:write': { title: 'Revoke consents', description: 'Take an authorization back.' },
  'audit:read': { title: 'Read the history', description: 'See who changed what, and when.' },
  'org:admin': { title: 'Administer', description: 'Manage members, invitations, products and tokens.' },
  'platform:read': { title: 'Read the platform', description: 'See scopes, resources and settings of the platform.' },
  'platform:write': {
    title: 'Manage the platform',
    description: 'Change scopes, resources and settings of the platform.',
  },
  read: { title: 'Plain read', description: 'What /o/apps/ and other vendor APIs call read.' },
  write: { title: 'Plain write', description: 'What /o/apps/ and other vendor APIs call write.' },
};

export const isTokenScope = (name: string): name is TokenScope => (tokenScopes as readonly string[]).includes(name);

/** Whether a scope is for operators only. */
export const isPlatformScope = (name: string): boolean => (platformScopes as readonly string[]).includes(name);

/** Judges a token's scopes: at least one, and all of them known. */
export function judgeTokenScopes(scopes: readonly string[]): Issue[] {
  if (scopes.length === 0) return [{ field: 'scopes', rule: 'token_scope', message: 'Choose at least one scope.' }];
  return scopes
    .filter((name) => !isTokenScope(name))
    .map((name) => ({
      field: 'scopes',
      rule: 'token_scope',
      message: `There is no scope ${JSON.stringify(name)}. Choose from: ${tokenScopes.join(', ')}.`,
    }));
}

/** Judges a token's end: in the future and within `tokenLifetimeDaysMax` days, or absent. */
export function judgeTokenEnd(expiresAt: Date | null, now = new Date()): Issue[] {
  if (!expiresAt) return [];
  const days = (expiresAt.getTime() - now.getTime()) / (24 * 3600 * 1000);
  if (!(days > 0)) return [{ field: 'expiresAt', rule: 'token_end', message: 'A token must end in the future.' }];
  if (days <= tokenLifetimeDaysMax) return [];
  const message = `A token lives at most ${tokenLifetimeDaysMax} days. Omit the end for a token without an end.`;
  return [{ field: 'expiresAt', rule: 'token_end', message }];
}
