'use server';

import { redirect } from 'next/navigation';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { callbackPath, currentContext, currentUserAgent, keepSession } from '#lib/portal/session';
import { signIn } from '#lib/sessions/index';

export const enter = formAction(async (_: FormState, form: FormData) => {
  const ctx = await currentContext();
  const credentials = { email: textIn(form, 'email'), password: textIn(form, 'password') };
  await keepSession(await signIn(ctx, { ...credentials, userAgent: await currentUserAgent() }));
  redirect(callbackPath(textIn(form, 'callbackUrl')));
});
