import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { deleteArtifact } from '#db/queries/artifacts';
import { hashesWithEveryPepper, type Sealed, seal, unseal } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { artifactsOf, storeArtifact } from '../adapter.ts';
import { currentRequest } from '../request-state.ts';

const kind = 'Interaction';
const purpose = 'the names of an interaction';

/** Limits how many requests from one network may wait for a person, because a client id is public. A request that does not wait is not counted. */
const limit = { max: 1200, windowSeconds: 60 };

/** Storage of requests that wait for a person. Each ends with its client and continues once. The ids of the request and of its pushed request are sealed. */
export function keptInteractions(store: typeof storeInteraction): Adapter {
  const artifacts = artifactsOf(kind);
  return {
    ...artifacts,
    upsert: store,
    async find(uid) {
      const { names, ...kept } = (await artifacts.find(uid)) ?? {};
      return names === undefined ? undefined : { ...kept, ...JSON.parse(unseal(names as Sealed, purpose)) };
    },
    async destroy(uid) {
      // Deleted before a code is issued, so that one answer issues one code.
      const first = await deleteArtifact(database(), { kind, hashes: hashesWithEveryPepper(uid) });
      if (!first) throw new errors.SessionNotFound('already answered');
    },
  };
}

/** Stores a request that waits for a person. `expiresIn`: seconds. @throws rate_limited: too many requests of the network wait */
export async function storeInteraction(uid: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
  const { returnTo, parJti, ...kept } = payload;
  await requireWithinLimit(database(), `oauth:interaction:${currentRequest().network}`, limit, 'Too many requests.');
  const names = seal(JSON.stringify({ returnTo, parJti }), purpose);
  const clientId = kept.params?.client_id;
  await storeArtifact(kind, uid, { ...kept, names, ...(typeof clientId === 'string' && { clientId }) }, expiresIn);
}

/** An answered request, and the session of its browser. */
export type Answered = { uid: string; sessionId: string | undefined };

const answerPurpose = ({ uid, sessionId = '' }: Answered) => `the answer of ${uid} in the session ${sessionId}`;

/** How long an answer can be sent to the app again: as long as a code lives. */
export const openAgainSeconds = 60;

/** Seals the URL of an answer, for the page that opens an app on the device. */
export function sealAnswer(answered: Answered, location: string): string {
  const { sealed, sealingKeyId } = seal(JSON.stringify({ location, at: Date.now() }), answerPurpose(answered));
  return `${sealingKeyId} ${sealed}`;
}

/** Opens a sealed URL for the same request and session; undefined if its code was redeemed or has expired. */
export async function readAnswer(answered: Answered, kept: string): Promise<string | undefined> {
  const opened = open(answered, kept);
  if (!opened) return undefined;
  const code = codeOf(opened.location);
  const isFresh = Date.now() - opened.at < openAgainSeconds * 1000;
  return (code === undefined ? isFresh : await isLive(code)) ? opened.location : undefined;
}

function open(answered: Answered, kept: string): { location: string; at: number } | undefined {
  const [sealingKeyId = '', sealed = ''] = kept.split(' ', 2);
  try {
    return JSON.parse(unseal({ sealed, sealingKeyId }, answerPurpose(answered)));
  } catch {
    return undefined; // forged
  }
}

/** The code is in the query or the fragment, depending on the response mode. */
function codeOf(location: string): string | undefined {
  const { search, hash } = new URL(location);
  return new URLSearchParams(search).get('code') ?? new URLSearchParams(hash.slice(1)).get('code') ?? undefined;
}

async function isLive(code: string): Promise<boolean> {
  const kept = await artifactsOf('AuthorizationCode').find(code);
  return kept !== undefined && kept.consumed === undefined && Number(kept.exp) * 1000 > Date.now();
}
