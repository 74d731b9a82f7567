'use server';

import { redirect } from 'next/navigation';
import { acceptInvitation } from '#lib/invitations/index';
import { formAction, pageAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { requireContext, signOut } from '#lib/portal/session';

export const accept = formAction(async (_: FormState, form: FormData) => {
  const token = textIn(form, 'token');
  const ctx = await requireContext(pageOf(form));
  const organizationId = await acceptInvitation(ctx, token);
  redirect(`/settings/organizations/${organizationId}?done=joined`);
});

const pageOf = (form: FormData) => `/invitations?token=${encodeURIComponent(textIn(form, 'token'))}`;

export const changeAccount = pageAction(pageOf, async (form: FormData) => {
  await signOut();
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(pageOf(form))}`);
});
