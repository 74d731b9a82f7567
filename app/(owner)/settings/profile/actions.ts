'use server';

import { after } from 'next/server';
import { formAction } from '#lib/portal/action';
import { type FormState, saved, textIn } from '#lib/portal/forms';
import { requireContext, type SignedIn } from '#lib/portal/session';
import {
  changeName,
  changePassword,
  getProfile,
  requestEmailChange,
  requestPasswordReset,
  requestVerification,
} from '#lib/users/index';

async function answer(message: string, work: (ctx: SignedIn) => Promise<void>): Promise<FormState> {
  const ctx = await requireContext('/settings/profile');
  await work(ctx);
  return saved(message);
}

export const saveName = formAction(async (_: FormState, form: FormData) => {
  return answer('Your name is saved.', (ctx) => changeName(ctx, textIn(form, 'name')));
});

export const askForConfirmation = formAction(async (_: FormState, _form: FormData) => {
  return answer('A new link is on its way. It works for 24 hours.', requestVerification);
});

export const saveEmail = formAction(async (_: FormState, form: FormData) => {
  const input = { email: textIn(form, 'email'), currentPassword: textIn(form, 'currentPassword') };
  return answer('We sent a link to the new address. Follow it within 24 hours.', (ctx) =>
    requestEmailChange(ctx, input),
  );
});

export const savePassword = formAction(async (_: FormState, form: FormData) => {
  const everywhere = textIn(form, 'everywhere') === 'on';
  const input = {
    currentPassword: textIn(form, 'currentPassword'),
    newPassword: textIn(form, 'newPassword'),
    everywhere,
  };
  const apps = everywhere ? ', and every app has to ask for access again' : '';
  return answer(`Your password is changed. Every other browser was signed out${apps}.`, (ctx) =>
    changePassword(ctx, input),
  );
});

export const askForPasswordLink = formAction(async (_: FormState, _form: FormData) => {
  return answer('A link is on its way. It works for 30 minutes.', async (ctx) => {
    after(await requestPasswordReset(ctx, (await getProfile(ctx)).email));
  });
});
