'use server';

import { redirect } from 'next/navigation';
import { pageAction } from '#lib/portal/action';
import { signOut } from '#lib/portal/session';

export const leave = pageAction(
  () => '/',
  async () => {
    await signOut();
    redirect('/');
  },
);
