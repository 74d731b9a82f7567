import { isWellFormedCredential, type TokenPrefix } from '#lib/credentials/index';

/** How each kind of token begins: what could not have been given out as that kind is not looked for. */
export const tokenPrefixes = { AccessToken: 'clt_at_', ClientCredentials: 'clt_mt_', RefreshToken: 'clt_rt_' } as const;

export const tokenKinds = ['AccessToken', 'ClientCredentials', 'RefreshToken'] as const;

const prefixes: ReadonlyMap<string, TokenPrefix> = new Map(Object.entries(tokenPrefixes));

/** Whether `value` could be one of that kind; anything could be of a kind that has no prefix. */
export function isTokenOf(kind: string, value: string): boolean {
  const prefix = prefixes.get(kind);
  return prefix === undefined || isWellFormedCredential(prefix, value);
}
