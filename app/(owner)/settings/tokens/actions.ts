'use server';

import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { isUuid } from '#lib/kernel/values';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn, textsIn } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { createToken, findToken, revokeToken, storeTokenReveal } from '#lib/tokens/index';

const daySeconds = 24 * 3600;

export const create = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext('/settings/tokens/new');
  const sent = textIn(form, 'submissionId');
  const submissionId = isUuid(sent) ? sent : randomUUID();
  const days = textIn(form, 'expiresInDays');
  const { token, value } = await createToken(ctx, {
    organizationId: textIn(form, 'organizationId'),
    name: textIn(form, 'name'),
    scopes: textsIn(form, 'scopes'),
    ...(days !== '' && { expiresInSeconds: Number(days) * daySeconds }),
    submissionId,
  });
  if (value) await storeTokenReveal(ctx, submissionId, { id: token.id, value });
  redirect(`/settings/tokens?reveal=${submissionId}`);
});

export const revoke = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext('/settings/tokens');
  const tokenId = textIn(form, 'tokenId');
  const token = await findToken(ctx, tokenId);
  await revokeToken(ctx, tokenId);
  const own = !token || token.userId === ctx.actor.userId;
  redirect(own ? '/settings/tokens' : `/settings/organizations/${token.organizationId}`);
});
