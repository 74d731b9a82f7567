'use server';

import { redirect } from 'next/navigation';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { endOtherSessions, endSession } from '#lib/sessions/index';

export const endOne = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext('/settings/sessions');
  await endSession(ctx, textIn(form, 'sessionId'));
  redirect('/settings/sessions');
});

export const endOthers = formAction(async (_: FormState, _form: FormData) => {
  const ctx = await requireContext('/settings/sessions');
  await endOtherSessions(ctx);
  redirect('/settings/sessions');
});
