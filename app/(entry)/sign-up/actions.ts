'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { callbackPath, currentContext, currentUserAgent, keepSession } from '#lib/session';
import { startSession } from '#lib/sessions/index';
import { signUp } from '#lib/users/index';

export async function join(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await currentContext();
  try {
    const { id } = await signUp(ctx, {
      email: textIn(form, 'email'),
      password: textIn(form, 'password'),
      name: textIn(form, 'name'),
    });
    await keepSession(await startSession(ctx, id, { userAgent: await currentUserAgent() }));
  } catch (error) {
    return refused(error, form);
  }
  redirect(callbackPath(textIn(form, 'callbackUrl')));
}
