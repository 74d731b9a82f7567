import { createHash, randomUUID } from 'node:crypto';
import type { Db } from '#db/client';
import { claimKey, releaseKey, selectKeyedRequest, storeAnswer, sweepKeyedRequests } from '#db/queries/keyed-requests';
import { type Sealed, seal, unseal } from '#lib/credentials/index';
import { roleIn, tokenOf } from '#lib/kernel/access';
import type { ActorToken } from '#lib/kernel/actor';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';

/** How long an answer with a secret is kept, sealed, for a caller that did not receive it. In milliseconds. */
export const secretKeptMs = 10 * 60 * 1000;

/** Forgets some answers that need not be remembered any more; answers how many. */
export const deleteOldAnswers = (db: Db, now: Date): Promise<number> =>
  sweepKeyedRequests(db, { now, secretsBefore: new Date(now.getTime() - secretKeptMs) });

export type KeyedRequest = {
  /** The caller's own name for the request. */
  key: string;
  /** Everything that was asked, as one text: the same key may not ask for something else. */
  asked: string;
};

export type Answered = { answer: string; holdsSecret: boolean };

/** How long an attempt may take before another may begin; longer than any request lives. */
const attemptMs = 60_000;
const rememberedMs = 24 * 3600 * 1000;

/**
 * Does `work` once for a key of the calling token, in one transaction with the memory of its answer, and gives that answer
 * to every later request of the same key. A refusal uses no key up. Throws `invalid_metadata` when the key was used for something else, and
 * `conflict` while the first request is under way and when its answer held a secret more than ten minutes ago.
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
    return { answer: await recall(ctx, { id, fingerprint, now }), replayed: true };
  try {
    return await inTransaction(ctx, async (tx) => {
      const { answer, holdsSecret } = await work(tx);
      const answeredAt = new Date();
      const kept = { holdsSecret, answeredAt, expiresAt: new Date(answeredAt.getTime() + rememberedMs) };
      if (!(await storeAnswer(tx.db, attempt, { ...seal(answer, purposeOf(id)), ...kept })))
        throw refuse('conflict', 'The request took too long and was begun again elsewhere. Send it once more.');
      return { answer, replayed: false };
    });
  } catch (error) {
    // Should this fail too, the key is free again when the attempt's time is over.
    await releaseKey(ctx.db, attempt).catch(() => undefined);
    throw error;
  }
}

async function recall(ctx: Context, at: { id: string; fingerprint: string; now: Date }): Promise<string> {
  const before = await selectKeyedRequest(ctx.db, at.id);
  if (before && before.fingerprint !== at.fingerprint)
    throw refuse('invalid_metadata', 'This key was used for another request. Take a new key for a new request.');
  if (!before?.answeredAt) throw refuse('conflict', 'The first request with this key is still under way.');
  const secretIsGone = before.holdsSecret && at.now.getTime() - before.answeredAt.getTime() >= secretKeptMs;
  if (secretIsGone || !isSealed(before))
    throw refuse(
      'conflict',
      'This request was done. Its answer held a secret and is not kept longer than ten minutes.',
    );
  return unseal(before, purposeOf(at.id));
}

const isSealed = (row: { sealed: string | null; sealingKeyId: string | null }): row is Sealed => row.sealed !== null;
const purposeOf = (id: string) => `answer to the keyed request ${id}`;
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
const refuse = (code: 'conflict' | 'invalid_metadata', message: string) =>
  new RegistryError(code, message, { issues: [{ field: 'idempotencyKey', rule: 'idempotency_key', message }] });

/** The owner of a key: the token and its person's role. A person with fewer rights than before does not get the stored answer. */
function identify({ actor }: Context, key: string): { tokenId: string | null; id: string } {
  const token = tokenOf(actor);
  if (!token) throw new RegistryError('unauthenticated', 'Only programs, by their token, send keyed requests.');
  const role = roleIn(actor, token.organizationId) ?? 'none';
  return { tokenId: token.id ?? null, id: hash(JSON.stringify([token.id ?? bearerOf(actor, token), role, key])) };
}

/** Access tokens come and go: who they speak for is the same. */
function bearerOf(actor: Context['actor'], { organizationId, scopes }: ActorToken) {
  const who = actor.kind === 'program' ? actor.clientId : actor.kind === 'person' && actor.userId;
  return [who, organizationId, ...scopes.toSorted()];
}
