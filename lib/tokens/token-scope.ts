/** What an API token may be allowed; `read` and `write` are the vendors' plain names. */
export const tokenScopes = [
  'clients:read',
  'clients:write',
  'clients:secrets',
  'grants:read',
  'grants:write',
  'audit:read',
  'org:admin',
  'read',
  'write',
] as const;

export type TokenScope = (typeof tokenScopes)[number];
