import type { Db } from '#db/client';
import { selectAccessToken } from '#db/queries/access-tokens';
import type { Person, Program } from '../actor.ts';
import { everyHash, isWellFormedCredential } from '../credentials/index.ts';
import { registryAudience } from '../resources/rules.ts';
import { authenticateToken } from './authenticate.ts';
import { isTokenScope } from './rules.ts';

/**
 * Who a token speaks for: an API token's person, or whom an access token of our authorization server was given for. `thumbprint` is that of
 * the key whose proof came with it; whoever only bears a token has none. Undefined for anything else: one query at most.
 */
export async function authenticateBearer(
  db: Db,
  token: string,
  thumbprint?: string,
): Promise<Person | Program | undefined> {
  if (isWellFormedCredential('clt_mt_', token)) return byAccessToken(db, 'ClientCredentials', token, thumbprint);
  if (isWellFormedCredential('clt_at_', token)) return byAccessToken(db, 'AccessToken', token, thumbprint);
  return thumbprint === undefined ? authenticateToken(db, token) : undefined;
}

type Kind = 'ClientCredentials' | 'AccessToken';

/**
 * An access token reaches the registry only when it was issued for it; one that is bound to a key only with that key, and one that is
 * bound to none only without (RFC 9449 §7.1, §7.2). A person's is good where they are a member now: in the client's own organization, or
 * through a first-party client in the one they chose.
 */
async function byAccessToken(db: Db, kind: Kind, value: string, thumbprint: string | undefined) {
  const row = await selectAccessToken(db, { kind, hashes: everyHash(value), now: new Date() });
  if (!row || row.audience !== registryAudience()) return undefined;
  if (row.keyThumbprint !== (thumbprint ?? null) || row.isOfCertificate) return undefined;
  const scopes = (row.scope ?? '').split(' ').filter(isTokenScope);
  const { clientId, organizationId, expiresAt, userId, role } = row;
  const token = { organizationId, scopes, expiresAt };
  if (kind === 'ClientCredentials') return { kind: 'program' as const, clientId, token };
  if (userId === null || role === null) return undefined;
  return {
    kind: 'person' as const,
    userId,
    isOperator: false,
    emailVerified: row.emailVerifiedAt !== null,
    memberships: [{ organizationId, role }],
    token,
  };
}
