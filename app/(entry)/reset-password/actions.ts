'use server';

import { redirect } from 'next/navigation';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { currentContext, currentUserAgent, keepSession } from '#lib/portal/session';
import { startSession } from '#lib/sessions/index';
import { resetPassword } from '#lib/users/index';

export const choosePassword = formAction(async (_: FormState, form: FormData) => {
  const ctx = await currentContext();
  const userId = await resetPassword(ctx, { token: textIn(form, 'token'), password: textIn(form, 'password') });
  await keepSession(await startSession(ctx, userId, { userAgent: await currentUserAgent() }));
  redirect('/settings/profile?done=password');
});
