import type { Db } from '#db/client';
import { selectAccessToken } from '#db/queries/access-tokens';
import type { Person, Program } from '../actor.ts';
import { everyHash, isWellFormedCredential } from '../credentials/index.ts';
import { registryAudience } from '../resources/rules.ts';
import { authenticateToken } from './authenticate.ts';
import { isTokenScope } from './rules.ts';

/**
 * Who a bearer token speaks for: an API token's person, or whom an access token of our authorization server was given for.
 * Undefined for anything else: one query at most.
 */
export async function authenticateBearer(db: Db, bearer: string): Promise<Person | Program | undefined> {
  if (isWellFormedCredential('clt_mt_', bearer)) return byAccessToken(db, 'ClientCredentials', bearer);
  if (isWellFormedCredential('clt_at_', bearer)) return byAccessToken(db, 'AccessToken', bearer);
  return authenticateToken(db, bearer);
}

/**
 * An access token reaches the registry only when it was issued for it, and not as Bearer when it is bound to a key (RFC 9449 §7.2). A
 * person's is good where they are a member now: in the client's own organization, or through a first-party client in the one they chose.
 */
async function byAccessToken(db: Db, kind: 'ClientCredentials' | 'AccessToken', bearer: string) {
  const row = await selectAccessToken(db, { kind, hashes: everyHash(bearer), now: new Date() });
  if (!row || row.audience !== registryAudience() || row.isBound) return undefined;
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
