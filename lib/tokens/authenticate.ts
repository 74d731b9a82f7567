import type { Db } from '#db/client';
import { selectBearer, touchToken } from '#db/queries/tokens';
import type { Person } from '../actor.ts';
import { everyHash, isWellFormedCredential } from '../credentials/index.ts';
import type { TokenScope } from './token-scope.ts';

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
