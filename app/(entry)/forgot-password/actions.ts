'use server';

import { after } from 'next/server';
import { formAction } from '#lib/portal/action';
import { type FormState, saved, textIn } from '#lib/portal/forms';
import { currentContext } from '#lib/portal/session';
import { requestPasswordReset } from '#lib/users/index';

export const askForLink = formAction(async (_: FormState, form: FormData) => {
  after(await requestPasswordReset(await currentContext(), textIn(form, 'email')));
  return saved('If this address has an account, a link is on its way. It works for 30 minutes.');
});
