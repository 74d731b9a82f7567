'use server';

import { redirect } from 'next/navigation';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { callbackPath, currentContext, currentUserAgent, keepSession } from '#lib/portal/session';
import { startSession } from '#lib/sessions/index';
import { signUp } from '#lib/users/index';

export const join = formAction(async (_: FormState, form: FormData) => {
  const ctx = await currentContext();
  const { id } = await signUp(ctx, {
    email: textIn(form, 'email'),
    password: textIn(form, 'password'),
    name: textIn(form, 'name'),
  });
  await keepSession(await startSession(ctx, id, { userAgent: await currentUserAgent() }));
  redirect(callbackPath(textIn(form, 'callbackUrl')));
});
