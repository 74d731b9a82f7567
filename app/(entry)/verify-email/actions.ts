'use server';

import { redirect } from 'next/navigation';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { confirmEmailChange, verifyEmail } from '#lib/users/index';

export const confirmAddress = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext('/settings/profile');
  await verifyEmail(ctx, textIn(form, 'token'));
  redirect('/settings/profile?done=address');
});

export const confirmChange = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext('/settings/profile');
  await confirmEmailChange(ctx, textIn(form, 'token'));
  redirect('/settings/profile?done=address');
});
