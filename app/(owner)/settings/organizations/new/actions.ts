'use server';

import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { createOrganization } from '#lib/organizations/index';
import { requireContext } from '#lib/session';

export async function create(_: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireContext('/settings/organizations/new');
  let id: string;
  try {
    ({ id } = await createOrganization(ctx, { name: textIn(form, 'name'), parentId: textIn(form, 'parentId') }));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/settings/organizations/${id}`);
}
