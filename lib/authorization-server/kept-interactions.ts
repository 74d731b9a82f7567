import { type Adapter, errors } from 'oidc-provider';
import { deleteArtifact } from '#db/queries/artifacts';
import { everyHash, type Sealed, seal, unseal } from '../credentials/index.ts';
import { database } from '../database.ts';
import { requireFromLimit, scaled } from '../rate-limits/index.ts';
import { artifactsOf } from './adapter.ts';
import { exchange } from './exchange.ts';

const kind = 'Interaction';
const purpose = 'the names of an interaction';

/** Whoever knows the name of a client may have its requests wait here: not many from one network. Where nothing waits, nobody is counted. */
const limit = () => ({ max: scaled(1200), windowSeconds: 60 });

/** Requests that wait for a person: each ends with its client and is taken up again once. What names one, or a request that was pushed, is sealed. */
export function keptInteractions(): Adapter {
  const artifacts = artifactsOf(kind);
  return {
    ...artifacts,
    async upsert(uid, { returnTo, parJti, ...kept }, expiresIn) {
      await requireFromLimit(database(), `oauth:interaction:${exchange().network}`, limit(), 'Too many requests.');
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
