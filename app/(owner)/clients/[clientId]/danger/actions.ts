'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { disableClient, enableClient, getOwnedClient, removeClient } from '#lib/clients/index';
import { normalized } from '#lib/kernel/values';
import { formAction } from '#lib/portal/action';
import { type FormState, invalid, saved } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { line } from '../../read-form.ts';

const pageOf = (clientId: string) => `/clients/${encodeURIComponent(clientId)}/danger`;

export const switchStatus = formAction(async (clientId: string, _state: FormState, form: FormData) => {
  const ctx = await requireContext(pageOf(clientId));
  const enable = line(form, 'status') === 'active';
  await (enable ? enableClient : disableClient)(ctx, clientId);
  revalidatePath(`/clients/${clientId}`, 'layout');
  return saved(enable ? 'The app is switched on.' : 'The app is switched off: its credentials are refused.');
});

/** Deletes the app. The typed name prevents the deletion of the wrong app; the verb checks the permission. */
export const deleteClient = formAction(async (clientId: string, _state: FormState, form: FormData) => {
  const ctx = await requireContext(pageOf(clientId));
  const { name } = await getOwnedClient(ctx, clientId);
  if (normalized(line(form, 'name').trim(), 'NFC') !== name) return invalid([notTheName(name)], form);
  await removeClient(ctx, clientId);
  redirect('/clients?deleted=1');
});

const notTheName = (name: string) => ({
  field: 'name',
  rule: 'confirmation',
  message: `This is not the app’s name. Type it exactly: ${name}`,
});
