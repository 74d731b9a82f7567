import { tableOf } from '#lib/kernel/table';

/** Scopes about a person and the claims each of them stands for (OpenID Connect Core §5.4). */
export const claimsOfScopes = {
  openid: ['sub'],
  profile: ['name', 'updated_at'],
  email: ['email', 'email_verified'],
};

const claimsUnder = tableOf<readonly string[]>(claimsOfScopes);

/** The claims that some scopes stand for. */
export const claimsOf = (scopes: readonly string[]): string[] => scopes.flatMap((name) => claimsUnder(name) ?? []);

/**
 * The scopes that stand for what is asked for by name, in a `claims` parameter that oidc-provider has read (OpenID Connect Core §5.5): a
 * person allows a thing or does not, by whichever name an app asks for it.
 */
export function scopesOfClaims(parameter: unknown): string[] {
  if (typeof parameter !== 'string') return [];
  const { userinfo, id_token: idToken } = JSON.parse(parameter) as Record<string, object | undefined>;
  const asked = new Set([...Object.keys(userinfo ?? {}), ...Object.keys(idToken ?? {})]);
  return Object.keys(claimsOfScopes).filter((scope) => claimsOf([scope]).some((claim) => asked.has(claim)));
}
