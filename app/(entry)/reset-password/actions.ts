'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { currentContext, currentUserAgent, keepSession } from '#lib/session';
import { startSession } from '#lib/sessions/index';
import { resetPassword } from '#lib/users/index';

export async function choosePassword(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await currentContext();
  try {
    const userId = await resetPassword(ctx, { token: textIn(form, 'token'), password: textIn(form, 'password') });
    await keepSession(await startSession(ctx, userId, { userAgent: await currentUserAgent() }));
  } catch (error) {
    return refused(error, form);
  }
  redirect('/settings/profile?done=password');
}
