import type { TokenScope } from './token-scope.ts';

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

/** A token as a list shows it, with the names that its ids stand for. */
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
