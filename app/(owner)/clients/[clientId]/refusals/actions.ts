'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { formAction } from '#lib/portal/action';
import type { FormState } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { addRefusedRedirectUri } from '#lib/refusals/index';
import { line } from '../../read-form.ts';

export const acceptUri = formAction(async (clientId: string, _state: FormState, form: FormData) => {
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}/refusals`);
  await addRefusedRedirectUri(ctx, clientId, line(form, 'reference'));
  revalidatePath(`/clients/${clientId}`, 'layout');
  // The entry and its form disappear from the list, so the page shows the result.
  redirect(`/clients/${encodeURIComponent(clientId)}/refusals?added=1`);
});
