import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import {
  consumeArtifact,
  deleteArtifact,
  endArtifacts,
  endFamilyOf,
  selectArtifactByHash,
  selectArtifactByOtherHash,
  upsertArtifact,
} from '#db/queries/artifacts';
import { hashCredential, hashesWithEveryPepper } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { hasUnstorableText } from '#lib/kernel/values';
import { namesNow } from '#lib/scopes/index';
import { registryIdOf } from './clients/registered-client.ts';
import { readGrantName } from './interaction/grant-view.ts';
import { currentRequestIfAny } from './request-state.ts';
import { deviceCodeRemembersSeconds } from './tokens/device-codes.ts';
import { catalogueUri } from './tokens/targets.ts';
import { isTokenOf } from './tokens/token-value.ts';

type Row = Awaited<ReturnType<typeof selectArtifactByHash>>;

/** The storage of one kind of artifact for oidc-provider: rows are found by a hash, and the value is not stored. */
export function artifactsOf(kind: string): Adapter {
  const named = namedBy(kind);
  return {
    upsert: (value, payload, expiresIn) => storeArtifact(kind, value, payload, expiresIn),
    async find(value) {
      if (!isTokenOf(kind, value)) return undefined;
      return payloadOf(await selectArtifactByHash(database(), named(value)), { jti: value });
    },
    async findByUid(uid) {
      return payloadOf(await selectArtifactByOtherHash(database(), named(uid)), {});
    },
    async findByUserCode(userCode) {
      return payloadOf(await selectArtifactByOtherHash(database(), named(userCode)), { userCode });
    },
    consume: (value) => spendArtifact(kind, value),
    async destroy(value) {
      await deleteArtifact(database(), named(value));
    },
    async revokeByGrantId(name) {
      // oidc-provider calls it for each kind; one call ends the family.
      if (kind === 'AccessToken') await endArtifacts(database(), { of: 'family', id: name });
    },
  };
}

const namedBy = (kind: string) => (value: string) => ({ kind, hashes: hashesWithEveryPepper(value), now: new Date() });

/**
 * Stores an artifact, if its client, secret, grant, session and authorization still exist. `expiresIn`: seconds.
 * @throws invalid_client, invalid_grant: one of them ended during the request; invalid_request: a parameter cannot be stored
 */
export async function storeArtifact(kind: string, value: string, payload: AdapterPayload, expiresIn?: number) {
  const { jti: _value, userCode, ...kept } = payload;
  if (hasUnstorableText(kept)) throw new errors.InvalidRequest('a parameter holds U+0000 or half of a surrogate pair');
  const other = payload.uid ?? userCode;
  const remembers = kind === 'DeviceCode' ? deviceCodeRemembersSeconds : 0;
  const { grantId = null, familyId = null } = readGrantName(payload.grantId);
  const stored = await upsertArtifact(database(), {
    hash: hashCredential(value).hash,
    kind,
    clientId: payload.clientId === undefined ? null : registryIdOf(payload.clientId),
    userId: payload.accountId ?? null,
    grantId,
    familyId,
    sessionId: sessionOf(kind, value, payload),
    givenInSession: requiredSessionOf(kind, value, payload),
    secretId: payload.clientId ? (currentRequestIfAny()?.secretId ?? null) : null,
    otherHash: other === undefined ? null : hashCredential(other).hash,
    payload: kept,
    expiresAt: expiresIn === undefined ? null : new Date(Date.now() + (expiresIn + remembers) * 1000),
  });
  if (!stored && grantId === null) throw new errors.InvalidClientAuth('the client is not active any more');
  if (!stored) throw new errors.InvalidGrant('what it was given under has ended');
}

/**
 * Marks a code or a pushed request as used. A second use, also a simultaneous one, ends the tokens of the first (RFC 6749 §4.1.2, §10.5).
 * @throws invalid_grant: it was used before
 */
export async function spendArtifact(kind: string, value: string): Promise<void> {
  const named = namedBy(kind)(value);
  if (await consumeArtifact(database(), named)) return;
  await endFamilyOf(database(), named);
  throw new errors.InvalidGrant('already used');
}

async function payloadOf(row: Row, value: AdapterPayload): Promise<AdapterPayload | undefined> {
  if (!row) return undefined;
  const consumed = row.consumedAt && { consumed: Math.floor(row.consumedAt.getTime() / 1000) };
  const { resource } = row.payload as AdapterPayload;
  const resources = resource && {
    resource: typeof resource === 'string' ? catalogueUri(resource) : resource.map(catalogueUri),
  };
  return { ...row.payload, ...value, ...consumed, ...resources, ...(await renamedScopes(row.payload)) };
}

/** The scopes of what was issued, or asked for, before some of them were renamed. */
async function renamedScopes({ scope, params }: AdapterPayload): Promise<AdapterPayload> {
  const now = async (text: string) => (await namesNow(database(), text.split(' '))).join(' ');
  const asked = params?.scope;
  return {
    ...(scope !== undefined && { scope: await now(scope) }),
    ...(params && typeof asked === 'string' && { params: { ...params, scope: await now(asked) } }),
  };
}

const endingWithSession: readonly string[] = ['AuthorizationCode', 'AccessToken', 'RefreshToken'];

/** The session with which an artifact ends: of a token with `openid` and without `offline_access`, its session; of other tokens, none. */
function sessionOf(kind: string, value: string, { sessionUid, scope = '' }: AdapterPayload): string | null {
  if (kind === 'Session') return value;
  if (!endingWithSession.includes(kind) || sessionUid === undefined) return null;
  const scopes = scope.split(' ');
  return scopes.includes('openid') && !scopes.includes('offline_access') ? sessionUid : null;
}

/** The session that must exist when the artifact is stored: the one with which it ends, and for a code always the browser's. */
const requiredSessionOf = (kind: string, value: string, payload: AdapterPayload): string | null =>
  kind === 'AuthorizationCode' ? (payload.sessionUid ?? null) : sessionOf(kind, value, payload);
