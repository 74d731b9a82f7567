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
import { registryIdOf } from './clients/registered-client.ts';
import { exchangeIfAny } from './exchange.ts';
import { readGrantName } from './interaction/grant-view.ts';
import { deviceCodeRemembersSeconds } from './tokens/device-codes.ts';
import { catalogueUri } from './tokens/targets.ts';
import { isTokenOf } from './tokens/token-value.ts';

type Row = Awaited<ReturnType<typeof selectArtifactByHash>>;

/** Where oidc-provider keeps what it gives out, one adapter a kind: under hashes, and without the value itself. */
export function artifactsOf(kind: string): Adapter {
  const named = (value: string) => ({ kind, hashes: hashesWithEveryPepper(value), now: new Date() });
  return {
    async upsert(value, payload, expiresIn) {
      const { jti: _value, userCode, ...kept } = payload;
      if (hasUnstorableText(kept))
        throw new errors.InvalidRequest('a parameter holds U+0000 or half of a surrogate pair');
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
        givenInSession: sessionToHold(kind, value, payload),
        secretId: payload.clientId ? (exchangeIfAny()?.secretId ?? null) : null,
        otherHash: other === undefined ? null : hashCredential(other).hash,
        payload: kept,
        expiresAt: expiresIn === undefined ? null : new Date(Date.now() + (expiresIn + remembers) * 1000),
      });
      // What it hangs on ended while it was being answered.
      if (!stored && grantId === null) throw new errors.InvalidClientAuth('the client is not active any more');
      if (!stored) throw new errors.InvalidGrant('what it was given under has ended');
    },
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
    async consume(value) {
      const first = await consumeArtifact(database(), named(value));
      if (first) return;
      await endFamilyOf(database(), named(value));
      throw new errors.InvalidGrant('already used');
    },
    async destroy(value) {
      await deleteArtifact(database(), named(value));
    },
    async revokeByGrantId(name) {
      // oidc-provider says it to each kind, and one of them ends all.
      if (kind === 'AccessToken') await endArtifacts(database(), { of: 'family', id: name });
    },
  };
}

function payloadOf(row: Row, value: AdapterPayload): AdapterPayload | undefined {
  if (!row) return undefined;
  const consumed = row.consumedAt && { consumed: Math.floor(row.consumedAt.getTime() / 1000) };
  const { resource } = row.payload as AdapterPayload;
  const resources = resource && {
    resource: typeof resource === 'string' ? catalogueUri(resource) : resource.map(catalogueUri),
  };
  return { ...row.payload, ...value, ...consumed, ...resources };
}

const living: readonly string[] = ['AuthorizationCode', 'AccessToken', 'RefreshToken'];

/**
 * The sign-in with which a token ends, if it ends with one: it does when it came of signing in (`openid`) and nobody allowed access
 * while the person is away (`offline_access`). What a person allowed an app to do without signing in there outlives their session.
 */
function sessionOf(kind: string, value: string, { sessionUid, scope = '' }: AdapterPayload): string | null {
  if (kind === 'Session') return value;
  if (!living.includes(kind) || sessionUid === undefined) return null;
  const scopes = scope.split(' ');
  return scopes.includes('openid') && !scopes.includes('offline_access') ? sessionUid : null;
}

/** The sign-in without which it is not given: that with which it ends, and of a code that of its browser. A sign-out everywhere leaves no code on its way. */
const sessionToHold = (kind: string, value: string, payload: AdapterPayload): string | null =>
  kind === 'AuthorizationCode' ? (payload.sessionUid ?? null) : sessionOf(kind, value, payload);
