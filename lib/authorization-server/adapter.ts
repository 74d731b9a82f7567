import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';
import {
  consumeArtifact,
  deleteArtifact,
  endArtifacts,
  endFamilyOf,
  selectArtifactByHash,
  selectArtifactByOtherHash,
  upsertArtifact,
} from '#db/queries/artifacts';
import { everyHash, hashCredential } from '../credentials/index.ts';
import { database } from '../database.ts';
import { hasUnkeepableText } from '../unkeepable-text.ts';
import { deviceCodeRemembersSeconds } from './device-codes.ts';
import { exchangeIfAny } from './exchange.ts';
import { readGrantName } from './grant-view.ts';
import { registryIdOf } from './registered-client.ts';
import { spelled } from './targets.ts';
import { sessionOf, sessionToHold } from './token-binding.ts';
import { isTokenOf } from './token-value.ts';

type Row = Awaited<ReturnType<typeof selectArtifactByHash>>;

/** Where oidc-provider keeps what it gives out, one adapter a kind: under hashes, and without the value itself. */
export function artifactsOf(kind: string): Adapter {
  const named = (value: string) => ({ kind, hashes: everyHash(value), now: new Date() });
  return {
    async upsert(value, payload, expiresIn) {
      const { jti: _value, userCode, ...kept } = payload;
      if (hasUnkeepableText(kept))
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
  const resources = resource && { resource: typeof resource === 'string' ? spelled(resource) : resource.map(spelled) };
  return { ...row.payload, ...value, ...consumed, ...resources };
}
