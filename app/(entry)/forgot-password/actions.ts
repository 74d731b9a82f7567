'use server';

import { after } from 'next/server';
import { type FormState, refused, saved, textIn } from '#lib/forms';
import { currentContext } from '#lib/session';
import { requestPasswordReset } from '#lib/users/index';

export async function askForLink(_: FormState, form: FormData): Promise<FormState> {
  try {
    after(await requestPasswordReset(await currentContext(), textIn(form, 'email')));
  } catch (error) {
    return refused(error, form);
  }
  return saved('If this address has an account, a link is on its way. It works for 30 minutes.');
}
