import type { AdapterPayload } from 'oidc-provider';

const living: readonly string[] = ['AuthorizationCode', 'AccessToken', 'RefreshToken'];

/**
 * The sign-in with which a token ends, if it ends with one: it does when it came of signing in (`openid`) and nobody allowed access
 * while the person is away (`offline_access`). What a person allowed an app to do without signing in there outlives their session.
 */
export function sessionOf(kind: string, value: string, { sessionUid, scope = '' }: AdapterPayload): string | null {
  if (kind === 'Session') return value;
  if (!living.includes(kind) || sessionUid === undefined) return null;
  const scopes = scope.split(' ');
  return scopes.includes('openid') && !scopes.includes('offline_access') ? sessionUid : null;
}

/** The sign-in without which it is not given: that with which it ends, and of a code that of its browser. A sign-out everywhere leaves no code on its way. */
export const sessionToHold = (kind: string, value: string, payload: AdapterPayload): string | null =>
  kind === 'AuthorizationCode' ? (payload.sessionUid ?? null) : sessionOf(kind, value, payload);
