'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn, textsIn } from '#lib/forms';
import { revokeGrant, takeBackScopes } from '#lib/grants/index';
import { requireContext } from '#lib/session';

const apps = '/settings/authorized-apps';

export async function takeBack(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext(apps);
  const scopes = textsIn(form, 'scopes');
  let ended: number | undefined;
  try {
    ({ endedTokens: ended } = await takeBackScopes(ctx, textIn(form, 'grantId'), scopes));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`${apps}/${encodeURIComponent(textIn(form, 'clientId'))}?ended=${ended ?? 'many'}`);
}

export async function revoke(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext(apps);
  let ended: number;
  try {
    ({ liveTokens: ended } = await revokeGrant(ctx, textIn(form, 'grantId')));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`${apps}?ended=${ended}`);
}
