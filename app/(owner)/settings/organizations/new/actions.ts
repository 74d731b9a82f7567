'use server';

import { redirect } from 'next/navigation';
import { createOrganization } from '#lib/organizations/index';
import { formAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';

export const create = formAction(async (_: FormState, form: FormData) => {
  const ctx = await requireContext('/settings/organizations/new');
  const { id } = await createOrganization(ctx, { name: textIn(form, 'name'), parentId: textIn(form, 'parentId') });
  redirect(`/settings/organizations/${id}`);
});
