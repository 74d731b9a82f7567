'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { acceptInvitation } from '#lib/invitations/index';
import { requireContext, signOut } from '#lib/session';

export async function accept(_: FormState, form: FormData): Promise<FormState> {
  const token = textIn(form, 'token');
  const ctx = await requireContext(`/invitations?token=${encodeURIComponent(token)}`);
  let organizationId: string;
  try {
    organizationId = await acceptInvitation(ctx, token);
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/settings/organizations/${organizationId}?done=joined`);
}

export async function changeAccount(form: FormData): Promise<void> {
  await signOut();
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(`/invitations?token=${textIn(form, 'token')}`)}`);
}
