import { tableOf } from '#lib/kernel/table';

/** Scopes about a person, with the claims of each (OpenID Connect Core §5.4). */
export const claimsOfScopes = {
  openid: ['sub'],
  profile: ['name', 'updated_at'],
  email: ['email', 'email_verified'],
};

const claimsUnder = tableOf<readonly string[]>(claimsOfScopes);

/** The claims of scopes. */
export const claimsOf = (scopes: readonly string[]): string[] => scopes.flatMap((name) => claimsUnder(name) ?? []);

/**
 * The scopes of the claims in a `claims` parameter (OpenID Connect Core §5.5), which oidc-provider has validated. A person consents to scopes,
 * also if an app requests single claims of them.
 */
export function scopesOfClaims(parameter: unknown): string[] {
  if (typeof parameter !== 'string') return [];
  const { userinfo, id_token: idToken } = JSON.parse(parameter) as Record<string, object | undefined>;
  const asked = new Set([...Object.keys(userinfo ?? {}), ...Object.keys(idToken ?? {})]);
  return Object.keys(claimsOfScopes).filter((scope) => claimsOf([scope]).some((claim) => asked.has(claim)));
}
