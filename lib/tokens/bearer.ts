import type { Db } from '#db/client';
import { selectAccessToken } from '#db/queries/access-tokens';
import { selectBearer, touchToken } from '#db/queries/tokens';
import { hashesWithEveryPepper, isWellFormedCredential } from '#lib/credentials/index';
import type { Person, Program, TokenScope } from '#lib/kernel/actor';
import { registryAudience } from '#lib/resources/rules';
import { isPlatformScope, isTokenScope } from './rules.ts';

/**
 * Returns the actor of a token: the person of an API token, or the person or client of an access token from our authorization server.
 * `thumbprint` belongs to the key of the DPoP proof, if one was sent. With `isRepeat`, the use of the token is not stored. Returns undefined
 * for any other text; at most one query.
 */
export async function authenticateBearer(
  db: Db,
  token: string,
  { thumbprint, isRepeat }: { thumbprint?: string | undefined; isRepeat?: boolean } = {},
): Promise<Person | Program | undefined> {
  if (isWellFormedCredential('clt_mt_', token)) return byAccessToken(db, 'ClientCredentials', token, thumbprint);
  if (isWellFormedCredential('clt_at_', token)) return byAccessToken(db, 'AccessToken', token, thumbprint);
  return thumbprint === undefined ? authenticateToken(db, token, isRepeat) : undefined;
}

type Kind = 'ClientCredentials' | 'AccessToken';

/**
 * An access token must be issued for the registry. A DPoP-bound token needs the proof of its key, and an unbound token must come without
 * a proof (RFC 9449 §7.1, §7.2). A person's token is valid where the person is a member now: in the client's organization or, for a
 * first-party client, in the organization that the person chose.
 */
async function byAccessToken(db: Db, kind: Kind, value: string, thumbprint: string | undefined) {
  const row = await selectAccessToken(db, { kind, hashes: hashesWithEveryPepper(value), now: new Date() });
  if (!row || row.audience !== registryAudience()) return undefined;
  if (row.keyThumbprint !== (thumbprint ?? null) || row.isOfCertificate) return undefined;
  const scopes = (row.scope ?? '')
    .split(' ')
    .filter(isTokenScope)
    .filter((name) => !isPlatformScope(name));
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
 * Returns the person of an API token with the current role. Undefined for a text without a valid checksum (without a query), an unknown,
 * expired or revoked token, a disabled user, and a person who left the organization.
 */
export async function authenticateToken(db: Db, bearer: string, isRepeat = false): Promise<Person | undefined> {
  if (!isWellFormedCredential('clt_pat_', bearer)) return undefined;
  const now = new Date();
  const row = await selectBearer(db, { hashes: hashesWithEveryPepper(bearer), now });
  if (!row) return undefined;
  if (!isRepeat) noteUse(db, row.tokenId, row.lastUsedAt, now);
  const { organizationId, expiresAt } = row;
  return {
    kind: 'person',
    userId: row.userId,
    isOperator: row.isOperator,
    emailVerified: row.emailVerifiedAt !== null,
    memberships: [{ organizationId, role: row.role }],
    token: { id: row.tokenId, organizationId, scopes: scopesNow(row), expiresAt },
  };
}

/** Only an operator has the platform's scopes: a token loses them when its person is no longer one. */
const scopesNow = ({ scopes, isOperator }: { scopes: string[]; isOperator: boolean }): TokenScope[] =>
  (scopes as TokenScope[]).filter((name) => isOperator || !isPlatformScope(name));

/** Writes the last use without waiting for it: a late or lost update does no harm. */
function noteUse(db: Db, tokenId: string, lastUsedAt: Date | null, now: Date): void {
  const before = new Date(now.getTime() - useNotedEveryMs);
  if (lastUsedAt && lastUsedAt > before) return;
  touchToken(db, tokenId, now, before).catch(() => undefined);
}
