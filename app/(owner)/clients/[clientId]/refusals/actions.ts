'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { type FormState, refused } from '#lib/forms';
import { acceptRefused } from '#lib/refusals/index';
import { requireContext } from '#lib/session';
import { line } from '../../read-form.ts';

export async function acceptUri(clientId: string, _state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}/refusals`);
  try {
    await acceptRefused(ctx, clientId, line(form, 'reference'));
  } catch (error) {
    return refused(error, form);
  }
  revalidatePath(`/clients/${clientId}`, 'layout');
  // What was refused is gone from the list, and its form with it: the page says what became of it.
  redirect(`/clients/${encodeURIComponent(clientId)}/refusals?added=1`);
}
