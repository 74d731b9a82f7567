import type { Db } from '#db/client';
import { selectAccessToken } from '#db/queries/access-tokens';
import { selectBearer, touchToken } from '#db/queries/tokens';
import { everyHash, isWellFormedCredential } from '#lib/credentials/index';
import type { Person, Program, TokenScope } from '#lib/kernel/actor';
import { registryAudience } from '#lib/resources/rules';
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

const useNotedEveryMs = 60_000;

/**
 * The person behind an API token, with the role of this moment; undefined for a text that is no token (found by its
 * checksum, without a query), an unknown, expired or revoked one, a disabled user, and someone who left the organization.
 */
export async function authenticateToken(db: Db, bearer: string): Promise<Person | undefined> {
  if (!isWellFormedCredential('clt_pat_', bearer)) return undefined;
  const now = new Date();
  const row = await selectBearer(db, { hashes: everyHash(bearer), now });
  if (!row) return undefined;
  noteUse(db, row.tokenId, row.lastUsedAt, now);
  const { organizationId, expiresAt } = row;
  return {
    kind: 'person',
    userId: row.userId,
    isOperator: row.isOperator,
    emailVerified: row.emailVerifiedAt !== null,
    memberships: [{ organizationId, role: row.role }],
    token: { id: row.tokenId, organizationId, scopes: row.scopes as TokenScope[], expiresAt },
  };
}

/** Beside the request, not in it: a note that is late or lost fails nobody. */
function noteUse(db: Db, tokenId: string, lastUsedAt: Date | null, now: Date): void {
  const before = new Date(now.getTime() - useNotedEveryMs);
  if (lastUsedAt && lastUsedAt > before) return;
  touchToken(db, tokenId, now, before).catch(() => undefined);
}
