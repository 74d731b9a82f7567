import { isWellFormedCredential, type TokenPrefix } from '#lib/credentials/index';

/** The prefix of each kind of token; a value without it is not looked up. */
export const tokenPrefixes = { AccessToken: 'clt_at_', ClientCredentials: 'clt_mt_', RefreshToken: 'clt_rt_' } as const;

export const tokenKinds = ['AccessToken', 'ClientCredentials', 'RefreshToken'] as const;

const prefixes: ReadonlyMap<string, TokenPrefix> = new Map(Object.entries(tokenPrefixes));

/** Whether `value` has the form of that kind of artifact; always true for a kind without a prefix. */
export function isTokenOf(kind: string, value: string): boolean {
  const prefix = prefixes.get(kind);
  return prefix === undefined || isWellFormedCredential(prefix, value);
}
