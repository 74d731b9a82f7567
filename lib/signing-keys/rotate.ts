import { deleteUnpublishedKeys, insertSigningKeys, lockSigningKeys, retireSigningKeys } from '#db/queries/signing-keys';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { makeSigningKeys } from './make.ts';
import { publishedAfterSeconds } from './signing-key.ts';

/**
 * Puts a new key in force for each algorithm. The old ones sign no more and stay published until nothing that they signed is
 * valid; every running process follows within seconds. Answers both.
 */
export async function rotateSigningKeys(ctx: Context) {
  const made = await makeSigningKeys();
  return inTransaction(ctx, async (tx) => {
    await lockSigningKeys(tx.db);
    const now = new Date();
    const publishedUntil = new Date(now.getTime() + publishedAfterSeconds * 1000);
    await deleteUnpublishedKeys(tx.db, now);
    const retired = await retireSigningKeys(tx.db, publishedUntil);
    await insertSigningKeys(tx.db, made);
    const inForce = made.map(({ kid, alg }) => ({ kid, alg }));
    await recordAudit(tx, {
      action: 'signing_keys.rotate',
      organizationId: null,
      targetType: 'server',
      targetId: 'signing_keys',
      before: { kids: retired.map(({ kid }) => kid) },
      after: { kids: inForce.map(({ kid }) => kid) },
    });
    return { inForce, retired: retired.map((key) => ({ ...key, publishedUntil })) };
  });
}
