'use server';

import { after } from 'next/server';
import { type FormState, refused, saved, textIn } from '#lib/forms';
import { requireContext, type SignedIn } from '#lib/session';
import {
  changeName,
  changePassword,
  getProfile,
  requestEmailChange,
  requestPasswordReset,
  requestVerification,
} from '#lib/users/index';

async function answer(form: FormData, message: string, work: (ctx: SignedIn) => Promise<void>): Promise<FormState> {
  const ctx = await requireContext('/settings/profile');
  try {
    await work(ctx);
  } catch (error) {
    return refused(error, form);
  }
  return saved(message);
}

export async function saveName(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, 'Your name is saved.', (ctx) => changeName(ctx, textIn(form, 'name')));
}

export async function askForConfirmation(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, 'A new link is on its way. It works for 24 hours.', requestVerification);
}

export async function saveEmail(_: FormState, form: FormData): Promise<FormState> {
  const input = { email: textIn(form, 'email'), currentPassword: textIn(form, 'currentPassword') };
  return answer(form, 'We sent a link to the new address. Follow it within 24 hours.', (ctx) =>
    requestEmailChange(ctx, input),
  );
}

export async function savePassword(_: FormState, form: FormData): Promise<FormState> {
  const everywhere = textIn(form, 'everywhere') === 'on';
  const input = {
    currentPassword: textIn(form, 'currentPassword'),
    newPassword: textIn(form, 'newPassword'),
    everywhere,
  };
  const apps = everywhere ? ', and every app has to ask for access again' : '';
  return answer(form, `Your password is changed. Every other browser was signed out${apps}.`, (ctx) =>
    changePassword(ctx, input),
  );
}

export async function askForPasswordLink(_: FormState, form: FormData): Promise<FormState> {
  return answer(form, 'A link is on its way. It works for 30 minutes.', async (ctx) => {
    after(await requestPasswordReset(ctx, (await getProfile(ctx)).email));
  });
}
