import { insertSecret } from '#db/queries/secrets';
import type { Context } from '../context.ts';
import { hashCredential } from './hash.ts';
import { mintCredential } from './mint.ts';
import { seal } from './seal.ts';

/** These APIs promise to return the secret later, so what they make keeps a sealed copy. */
const sealingChannels: readonly string[] = ['trackle', 'apps', 'docspace'];

export const sealPurpose = (clientId: string) => `client secret of ${clientId}`;

export type NewSecret = {
  clientId: string;
  name: string;
  expiresAt?: Date | null;
  submissionId?: string;
};

/** Mints and stores a secret inside the caller's transaction; the caller has authorized it and records it. */
export async function issueSecret(ctx: Context, input: NewSecret) {
  const value = mintCredential('clt_cs_');
  const channel = ctx.channel === 'command_line' ? 'portal' : ctx.channel;
  const secret = await insertSecret(ctx.db, {
    clientId: input.clientId,
    name: input.name,
    ...hashCredential(value),
    ...(sealingChannels.includes(channel) ? seal(value, sealPurpose(input.clientId)) : {}),
    lastFour: value.slice(-4),
    channel,
    submissionId: input.submissionId,
    createdBy: ctx.actor.kind === 'person' ? ctx.actor.userId : null,
    expiresAt: input.expiresAt ?? null,
  });
  return { secret, value };
}
