import { type Adapter, errors } from 'oidc-provider';
import { deleteArtifact } from '#db/queries/artifacts';
import { everyHash, type Sealed, seal, unseal } from '../credentials/index.ts';
import { database } from '../database.ts';
import { artifactsOf } from './adapter.ts';

const kind = 'Interaction';
const purpose = 'the names of an interaction';

/** Requests that wait for a person: each ends with its client and is taken up again once. What names one, or a request that was pushed, is sealed. */
export function keptInteractions(): Adapter {
  const artifacts = artifactsOf(kind);
  return {
    ...artifacts,
    upsert(uid, { returnTo, parJti, ...kept }, expiresIn) {
      const names = seal(JSON.stringify({ returnTo, parJti }), purpose);
      const clientId = kept.params?.client_id;
      return artifacts.upsert(uid, { ...kept, names, ...(typeof clientId === 'string' && { clientId }) }, expiresIn);
    },
    async find(uid) {
      const { names, ...kept } = (await artifacts.find(uid)) ?? {};
      return names === undefined ? undefined : { ...kept, ...JSON.parse(unseal(names as Sealed, purpose)) };
    },
    async destroy(uid) {
      const first = await deleteArtifact(database(), { kind, hashes: everyHash(uid) });
      // It goes before what the answer allows is given.
      if (!first) throw new errors.SessionNotFound('already answered');
    },
  };
}
