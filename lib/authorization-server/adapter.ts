import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';
import {
  consumeArtifact,
  deleteArtifact,
  deleteArtifactsOf,
  selectArtifactByHash,
  selectArtifactByOtherHash,
  upsertArtifact,
} from '#db/queries/artifacts';
import { everyHash, hashCredential } from '../credentials/index.ts';
import { database } from '../database.ts';
import { secretShown } from './exchange.ts';
import { sweepArtifacts } from './sweep.ts';
import { isTokenOf } from './token-value.ts';

type Row = Awaited<ReturnType<typeof selectArtifactByHash>>;

/** Where oidc-provider keeps what it gives out, one adapter a kind: under hashes, and without the value itself. */
export function artifactsOf(kind: string): Adapter {
  const named = (value: string) => ({ kind, hashes: everyHash(value), now: new Date() });
  return {
    async upsert(value, payload, expiresIn) {
      const { jti: _value, userCode, ...kept } = payload;
      const other = payload.uid ?? userCode;
      const stored = await upsertArtifact(database(), {
        hash: hashCredential(value).hash,
        kind,
        clientId: payload.clientId ?? null,
        userId: payload.accountId ?? null,
        grantId: null,
        familyId: null,
        sessionId: null,
        secretId: payload.clientId ? (secretShown() ?? null) : null,
        otherHash: other === undefined ? null : hashCredential(other).hash,
        payload: kept,
        expiresAt: expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000),
      });
      sweepArtifacts(database());
      // The client or its secret ended while it was being answered.
      if (!stored) throw new errors.InvalidClientAuth('the client is not active any more');
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
      if (!first) throw new errors.InvalidGrant('already used');
    },
    destroy: (value) => deleteArtifact(database(), named(value)),
    async revokeByGrantId(grantId) {
      await deleteArtifactsOf(database(), { familyId: grantId });
    },
  };
}

function payloadOf(row: Row, value: AdapterPayload): AdapterPayload | undefined {
  if (!row) return undefined;
  const consumed = row.consumedAt && { consumed: Math.floor(row.consumedAt.getTime() / 1000) };
  return { ...row.payload, ...value, ...consumed };
}
