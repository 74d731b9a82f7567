'use server';

import { redirect } from 'next/navigation';
import { pageAction } from '#lib/portal/action';
import { textIn } from '#lib/portal/forms';
import { signOut } from '#lib/portal/session';
import { saveTheme } from '#lib/portal/theme';

export const leave = pageAction(
  () => '/',
  async () => {
    await signOut();
    redirect('/');
  },
);

export const chooseTheme = pageAction(
  (_: FormData) => '/',
  async (form) => saveTheme(textIn(form, 'theme')),
);
