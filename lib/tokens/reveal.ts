import { insertTokenReveal, selectToken, takeTokenRevealRow } from '#db/queries/tokens';
import { requirePerson } from '../access.ts';
import type { Context } from '../context.ts';
import { seal, unseal } from '../credentials/index.ts';
import { isUuid } from '../uuid.ts';
import type { ApiToken } from './token.ts';

const lifetimeMs = 10 * 60 * 1000;
const purpose = (id: string, userId: string) => `token reveal ${id} to ${userId}`;

/** Keeps a fresh token, sealed, for the one page that will show it. `id` is the form's submission id; a second sending changes nothing. */
export async function keepTokenReveal(ctx: Context, id: string, token: { id: string; value: string }): Promise<void> {
  const { userId } = requirePerson(ctx);
  const expiresAt = new Date(Date.now() + lifetimeMs);
  const sealed = seal(token.value, purpose(id, userId));
  await insertTokenReveal(ctx.db, { id, tokenId: token.id, userId, ...sealed, expiresAt });
}

/** Takes the token away by reading it: once, by the person who made it, within ten minutes; else undefined. */
export async function takeTokenReveal(
  ctx: Context,
  id: string,
): Promise<{ token: ApiToken; value: string } | undefined> {
  const { userId } = requirePerson(ctx);
  if (!isUuid(id)) return undefined;
  const row = await takeTokenRevealRow(ctx.db, { id, userId, now: new Date() });
  const token = row && (await selectToken(ctx.db, { tokenId: row.tokenId, userId }));
  return token && { token: token as ApiToken, value: unseal(row, purpose(id, userId)) };
}
