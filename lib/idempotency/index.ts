import { createHash, randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { claimKey, releaseKey, selectKeyedRequest, storeAnswer, sweepKeyedRequests } from '#db/queries/keyed-requests';
import { type Sealed, seal, unseal } from '#lib/credentials/index';
import { roleIn, tokenOf } from '#lib/kernel/access';
import type { ActorToken } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';

/** How long an answer with a secret is stored (sealed) for a caller that did not receive it, in milliseconds. */
export const secretKeptMs = 10 * 60 * 1000;

/** Deletes a batch of old answers; returns how many. */
export const deleteOldAnswers = (db: Db, now: Date): Promise<number> =>
  sweepKeyedRequests(db, { now, secretsBefore: new Date(now.getTime() - secretKeptMs) });

export type KeyedRequest = {
  /** The Idempotency-Key that the caller chose. */
  key: string;
  /** The whole request as one text. A key may be sent again only with the same request. */
  asked: string;
};

export type Answered = { answer: string; holdsSecret: boolean };

/** How long an attempt may take before another may begin; longer than the server's time limit for a request. */
const attemptMs = 60_000;
const storedMs = 24 * 3600 * 1000;

/**
 * Runs `work` once for a key of the calling token and stores its answer in the same transaction. Every later request with the key gets this
 * answer. If `work` throws, the key can be used again.
 *
 * @throws invalid_metadata: the key was used for another request
 * @throws conflict: the first request is not finished, or its answer had a secret and is older than ten minutes
 */
export async function answerOnce(
  ctx: Context,
  request: KeyedRequest,
  work: (tx: Context) => Promise<Answered>,
): Promise<{ answer: string; replayed: boolean }> {
  const { tokenId, id } = identify(ctx, request.key);
  const fingerprint = hash(request.asked);
  const now = new Date();
  const attempt = { id, attemptId: randomUUID() };
  const expiresAt = new Date(now.getTime() + attemptMs);
  if (!(await claimKey(ctx.db, { ...attempt, tokenId, fingerprint, expiresAt }, now)))
    return { answer: await getStoredAnswer(ctx, { id, fingerprint, now }), replayed: true };
  try {
    return await inTransaction(ctx, async (tx) => {
      const { answer, holdsSecret } = await work(tx);
      const answeredAt = new Date();
      const state = { holdsSecret, answeredAt, expiresAt: new Date(answeredAt.getTime() + storedMs) };
      if (!(await storeAnswer(tx.db, attempt, { ...seal(answer, purposeOf(id)), ...state })))
        throw refuse(
          'conflict',
          'The request took too long, and another request with this key began. Send it once more.',
        );
      return { answer, replayed: false };
    });
  } catch (error) {
    // If this fails too, the key can be used again when the attempt's time has passed.
    await releaseKey(ctx.db, attempt).catch(() => undefined);
    throw error;
  }
}

async function getStoredAnswer(
  ctx: Context,
  { id, fingerprint, now }: { id: string; fingerprint: string; now: Date },
): Promise<string> {
  const stored = await selectKeyedRequest(ctx.db, id);
  if (stored && stored.fingerprint !== fingerprint)
    throw refuse('invalid_metadata', 'This key was used for another request. Take a new key for a new request.');
  if (!stored?.answeredAt) throw refuse('conflict', 'The first request with this key is still under way.');
  const isSecretTooOld = stored.holdsSecret && now.getTime() - stored.answeredAt.getTime() >= secretKeptMs;
  if (isSecretTooOld || !isSealed(stored))
    throw refuse(
      'conflict',
      'This request was done. Its answer held a secret and is not kept longer than ten minutes.',
    );
  return unseal(stored, purposeOf(id));
}

const isSealed = (row: { sealed: string | null; sealingKeyId: string | null }): row is Sealed => row.sealed !== null;
const purposeOf = (id: string) => `answer to the keyed request ${id}`;
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
const refuse = (code: 'conflict' | 'invalid_metadata', message: string) =>
  new RegistryError(code, message, { issues: [{ field: 'idempotencyKey', rule: 'idempotency_key', message }] });

/**
 * Identifies a key by its text, the calling token and the person's role. The role is part of it so that a person who has fewer rights than
 * before does not get the stored answer.
 */
function identify({ actor }: Context, key: string): { tokenId: string | null; id: string } {
  const token = tokenOf(actor);
  if (!token) throw new RegistryError('unauthenticated', 'Only programs, by their token, send keyed requests.');
  const role = roleIn(actor, token.organizationId) ?? 'none';
  return { tokenId: token.id ?? null, id: hash(JSON.stringify([token.id ?? bearerOf(actor, token), role, key])) };
}

/** Identifies an access token by its subject, organization and scopes: after a refresh the token is another one, but these are the same. */
function bearerOf(actor: Context['actor'], { organizationId, scopes }: ActorToken) {
  const subject = actor.kind === 'program' ? actor.clientId : actor.kind === 'person' && actor.userId;
  return [subject, organizationId, ...scopes.toSorted()];
}
