'use server';

import { redirect } from 'next/navigation';
import { revokeGrant, revokeScopes } from '#lib/grants/index';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn, textsIn } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';

const apps = '/settings/authorized-apps';

export const takeBack = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext(apps);
  const scopes = textsIn(form, 'scopes');
  const { endedTokens: ended } = await revokeScopes(ctx, textIn(form, 'grantId'), scopes);
  redirect(`${apps}/${encodeURIComponent(textIn(form, 'clientId'))}?ended=${ended ?? 'many'}`);
});

export const revoke = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext(apps);
  const { liveTokens: ended } = await revokeGrant(ctx, textIn(form, 'grantId'));
  redirect(`${apps}?ended=${ended}`);
});
