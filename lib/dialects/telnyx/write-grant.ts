import type { OwnGrant } from '#lib/grants/index';

/** What the person behind the token allowed a client. */
export const writeGrant = ({ id, clientId, scopes, createdAt, lastUsedAt }: OwnGrant) => ({
  id,
  record_type: 'oauth_grant' as const,
  client_id: clientId,
  scopes,
  created_at: createdAt.toISOString(),
  last_used_at: lastUsedAt?.toISOString() ?? null,
});
