'use server';

import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import { type FormState, refused, textIn, textsIn } from '#lib/forms';
import { requireContext } from '#lib/session';
import { createToken, findToken, keepTokenReveal, revokeToken } from '#lib/tokens/index';
import { isUuid } from '#lib/uuid';

const daySeconds = 24 * 3600;

export async function create(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext('/settings/tokens/new');
  const sent = textIn(form, 'submissionId');
  const submissionId = isUuid(sent) ? sent : randomUUID();
  const days = textIn(form, 'expiresInDays');
  try {
    const { token, value } = await createToken(ctx, {
      organizationId: textIn(form, 'organizationId'),
      name: textIn(form, 'name'),
      scopes: textsIn(form, 'scopes'),
      ...(days !== '' && { expiresInSeconds: Number(days) * daySeconds }),
      submissionId,
    });
    if (value) await keepTokenReveal(ctx, submissionId, { id: token.id, value });
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/settings/tokens?reveal=${submissionId}`);
}

export async function revoke(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext('/settings/tokens');
  const tokenId = textIn(form, 'tokenId');
  const token = await findToken(ctx, tokenId);
  try {
    await revokeToken(ctx, tokenId);
  } catch (error) {
    return refused(error, form);
  }
  const own = !token || token.userId === ctx.actor.userId;
  redirect(own ? '/settings/tokens' : `/settings/organizations/${token.organizationId}`);
}
