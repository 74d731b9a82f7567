'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { requireContext } from '#lib/session';
import { endOtherSessions, endSession } from '#lib/sessions/index';

export async function endOne(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext('/settings/sessions');
  try {
    await endSession(ctx, textIn(form, 'sessionId'));
  } catch (error) {
    return refused(error, form);
  }
  redirect('/settings/sessions');
}

export async function endOthers(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext('/settings/sessions');
  try {
    await endOtherSessions(ctx);
  } catch (error) {
    return refused(error, form);
  }
  redirect('/settings/sessions');
}
