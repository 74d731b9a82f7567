'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { requireContext } from '#lib/session';
import { confirmEmailChange, verifyEmail } from '#lib/users/index';

export async function confirmAddress(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext('/settings/profile');
  try {
    await verifyEmail(ctx, textIn(form, 'token'));
  } catch (error) {
    return refused(error, form);
  }
  redirect('/settings/profile?done=address');
}

export async function confirmChange(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext('/settings/profile');
  try {
    await confirmEmailChange(ctx, textIn(form, 'token'));
  } catch (error) {
    return refused(error, form);
  }
  redirect('/settings/profile?done=address');
}
