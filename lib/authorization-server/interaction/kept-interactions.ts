import { type Adapter, errors } from 'oidc-provider';
import { deleteArtifact } from '#db/queries/artifacts';
import { hashesWithEveryPepper, type Sealed, seal, unseal } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { artifactsOf } from '../adapter.ts';
import { exchange } from '../exchange.ts';

const kind = 'Interaction';
const purpose = 'the names of an interaction';

/** Limits how many requests from one network may wait for a person, because a client id is public. A request that does not wait is not counted. */
const limit = { max: 1200, windowSeconds: 60 };

/** Requests that wait for a person: each ends with its client and is taken up again once. What names one, or a request that was pushed, is sealed. */
export function keptInteractions(): Adapter {
  const artifacts = artifactsOf(kind);
  return {
    ...artifacts,
    async upsert(uid, { returnTo, parJti, ...kept }, expiresIn) {
      await requireWithinLimit(database(), `oauth:interaction:${exchange().network}`, limit, 'Too many requests.');
      const names = seal(JSON.stringify({ returnTo, parJti }), purpose);
      const clientId = kept.params?.client_id;
      return artifacts.upsert(uid, { ...kept, names, ...(typeof clientId === 'string' && { clientId }) }, expiresIn);
    },
    async find(uid) {
      const { names, ...kept } = (await artifacts.find(uid)) ?? {};
      return names === undefined ? undefined : { ...kept, ...JSON.parse(unseal(names as Sealed, purpose)) };
    },
    async destroy(uid) {
      const first = await deleteArtifact(database(), { kind, hashes: hashesWithEveryPepper(uid) });
      // It goes before what the answer allows is given.
      if (!first) throw new errors.SessionNotFound('already answered');
    },
  };
}

/** The request that was answered, and the session of the browser in which it was. */
export type Answered = { uid: string; sessionId: string | undefined };

const leavingPurpose = ({ uid, sessionId = '' }: Answered) => `the answer of ${uid} in the session ${sessionId}`;

/** How long an answer without a code can be taken to the app again: as long as a code lives. */
export const openAgainSeconds = 60;

/** The address of an answer, sealed for the page that takes it to an app on the device. */
export function sealAnswer(answered: Answered, location: string): string {
  const { sealed, sealingKeyId } = seal(JSON.stringify({ location, at: Date.now() }), leavingPurpose(answered));
  return `${sealingKeyId} ${sealed}`;
}

/** The address that was sealed for that request in that session, while its code is neither redeemed nor over. */
export async function readAnswer(answered: Answered, kept: string): Promise<string | undefined> {
  const opened = open(answered, kept);
  if (!opened) return undefined;
  const code = codeOf(opened.location);
  const isYoung = Date.now() - opened.at < openAgainSeconds * 1000;
  return (code === undefined ? isYoung : await isLive(code)) ? opened.location : undefined;
}

function open(answered: Answered, kept: string): { location: string; at: number } | undefined {
  const [sealingKeyId = '', sealed = ''] = kept.split(' ', 2);
  try {
    return JSON.parse(unseal({ sealed, sealingKeyId }, leavingPurpose(answered)));
  } catch {
    return undefined; // somebody made it up
  }
}

/** By query or by fragment, as the response mode has it. */
function codeOf(location: string): string | undefined {
  const { search, hash } = new URL(location);
  return new URLSearchParams(search).get('code') ?? new URLSearchParams(hash.slice(1)).get('code') ?? undefined;
}

async function isLive(code: string): Promise<boolean> {
  const kept = await artifactsOf('AuthorizationCode').find(code);
  return kept !== undefined && kept.consumed === undefined && Number(kept.exp) * 1000 > Date.now();
}
