import { createHash } from 'node:crypto';
import { hasSignedInFrom } from '#db/queries/sessions';
import type { Context } from '../context.ts';
import { env } from '../env.ts';
import { type Limit, requireFromLimit } from '../rate-limits/index.ts';

const quarter = 15 * 60;
const perNetwork: Limit = { max: 100, windowSeconds: quarter };
const perAddressAndNetwork: Limit = { max: 10, windowSeconds: quarter };
const perAddress: Limit = { max: 50, windowSeconds: 60 * 60 };

const message = 'Too many attempts. Wait a little, or use the link for a forgotten password.';

const take = (ctx: Context, key: string, limit: Limit) =>
  requireFromLimit(ctx.db, key, { ...limit, max: limit.max * env().rateLimitFactor }, message);

/** An address as a key of limits, so that the table of limits is not a list of addresses. */
const keyOf = (email: string) => createHash('sha256').update(email).digest('base64url');

/** One attempt from this network, whoever it is for. */
export function countAttemptOfNetwork(ctx: Context): Promise<void> {
  return take(ctx, `sign-in:network:${ctx.network}`, perNetwork);
}

/**
 * One attempt at an account. A network from which the person signed in before has its own budget only, so no stranger's
 * attempts can keep the owner out; all other networks also share one.
 */
export async function countAttempt(ctx: Context, email: string, userId: string | undefined): Promise<void> {
  const key = keyOf(email);
  await take(ctx, `sign-in:${key}:${ctx.network}`, perAddressAndNetwork);
  const known = await hasSignedInFrom(ctx.db, userId ?? 'nobody', ctx.network);
  if (!known) await take(ctx, `sign-in:${key}`, perAddress);
}
