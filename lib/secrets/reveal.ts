import { insertReveal, selectSecret, takeRevealRow } from '#db/queries/secrets';
import { requirePerson } from '../access.ts';
import { isClientId } from '../clients/index.ts';
import type { Context } from '../context.ts';
import { seal, unseal } from '../credentials/index.ts';
import type { ClientSecret } from './secret.ts';

const lifetimeMs = 10 * 60 * 1000;
const purpose = (id: string, userId: string) => `reveal ${id} to ${userId}`;

/** Keeps a fresh secret, sealed, for the one page that will show it. `id` is the form's submission id; a second sending changes nothing. */
export async function keepReveal(ctx: Context, id: string, secret: { id: string; value: string }): Promise<void> {
  const { userId } = requirePerson(ctx);
  const expiresAt = new Date(Date.now() + lifetimeMs);
  await insertReveal(ctx.db, {
    id,
    secretId: secret.id,
    userId,
    ...seal(secret.value, purpose(id, userId)),
    expiresAt,
  });
}

/** Takes the secret away by reading it: once, by the person who made it, within ten minutes; else undefined. */
export async function takeReveal(
  ctx: Context,
  id: string,
): Promise<{ secret: ClientSecret; value: string } | undefined> {
  const { userId } = requirePerson(ctx);
  if (!isClientId(id)) return undefined;
  const row = await takeRevealRow(ctx.db, { id, userId, now: new Date() });
  const secret = row && (await selectSecret(ctx.db, { secretId: row.secretId }));
  return secret && { secret: secret as ClientSecret, value: unseal(row, purpose(id, userId)) };
}
