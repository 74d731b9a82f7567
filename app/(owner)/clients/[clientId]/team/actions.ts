'use server';

import { revalidatePath } from 'next/cache';
import { addManager, removeManager } from '#lib/clients/index';
import { formAction } from '#lib/portal/action';
import { type FormState, saved } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { line } from '../../read-form.ts';

export const addToTeam = formAction(async (clientId: string, _state: FormState, form: FormData) =>
  change(addManager, clientId, form, 'Added: this developer may edit the app now.'),
);

export const removeFromTeam = formAction(async (clientId: string, _state: FormState, form: FormData) =>
  change(removeManager, clientId, form, 'Removed.'),
);

async function change(verb: typeof addManager, clientId: string, form: FormData, message: string): Promise<FormState> {
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}/team`);
  await verb(ctx, clientId, line(form, 'userId'));
  revalidatePath(`/clients/${clientId}`, 'layout');
  return saved(message);
}
