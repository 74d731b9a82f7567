const members = ['active', 'client_id', 'exp', 'iat', 'iss', 'scope', 'aud'];

/** What this API tells of a token, to a caller that is no client; `active: false` and nothing else where there is nothing to tell. */
export function writeIntrospection(told: object | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(told ?? { active: false }).filter(([name]) => members.includes(name)));
}
