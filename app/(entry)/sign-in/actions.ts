'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { callbackPath, currentContext, currentUserAgent, keepSession } from '#lib/session';
import { signIn } from '#lib/sessions/index';

export async function enter(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await currentContext();
  try {
    const credentials = { email: textIn(form, 'email'), password: textIn(form, 'password') };
    await keepSession(await signIn(ctx, { ...credentials, userAgent: await currentUserAgent() }));
  } catch (error) {
    return refused(error, form);
  }
  redirect(callbackPath(textIn(form, 'callbackUrl')));
}
