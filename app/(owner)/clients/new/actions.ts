'use server';

import { redirect } from 'next/navigation';
import { createClient } from '#lib/clients/index';
import { hasSharedSecret, isClientId } from '#lib/clients/rules';
import { formAction } from '#lib/portal/action';
import type { FormState } from '#lib/portal/forms';
import { requireContext } from '#lib/portal/session';
import { storeReveal } from '#lib/secrets/index';
import { line } from '../read-form.ts';
import { readNewClient } from './read.ts';

/** Creates a client. The same form sent twice (double click, reload, back) creates one, and redirects to it both times. */
export const create = formAction(async (_state: FormState, form: FormData) => {
  const ctx = await requireContext('/clients/new');
  const submissionId = line(form, 'submissionId');
  const made = await createClient(ctx, {
    organizationId: line(form, 'organizationId'),
    submissionId: isClientId(submissionId) ? submissionId : undefined,
    ...readNewClient(form),
  });
  if (made.secret) await storeReveal(ctx, submissionId, made.secret);
  const { clientId } = made.client;
  const keepsSecret = hasSharedSecret(made.client);
  redirect(keepsSecret ? `/clients/${clientId}/credentials?reveal=${submissionId}` : `/clients/${clientId}?new=1`);
});
