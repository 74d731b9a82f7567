'use server';

import { redirect } from 'next/navigation';
import { isClientId } from '#lib/clients/rules';
import { formAction } from '#lib/portal/action';
import type { FormState } from '#lib/portal/forms';
import { requireContext, type SignedIn } from '#lib/portal/session';
import { type CreatedSecret, createSecret, revokeSecret, rotateSecret, storeReveal } from '#lib/secrets/index';
import { line } from '../../read-form.ts';

const dayMs = 24 * 60 * 60 * 1000;

export const addSecret = formAction(async (_state: FormState, form: FormData) => {
  return reveal(form, (ctx, clientId, submissionId) => {
    const days = Number(line(form, 'expiresInDays'));
    const expiresAt = days > 0 && days <= 3650 ? new Date(Date.now() + days * dayMs) : null;
    return createSecret(ctx, clientId, { name: line(form, 'name'), expiresAt, submissionId });
  });
});

export const rotate = formAction(async (_state: FormState, form: FormData) => {
  return reveal(form, (ctx, clientId, submissionId) => {
    const overlap = line(form, 'overlap').trim();
    const overlapSeconds = /^\d{1,4}$/.test(overlap) ? Number(overlap) * 3600 : Number.NaN;
    return rotateSecret(ctx, clientId, { overlapSeconds, submissionId });
  });
});

export const revoke = formAction(async (_state: FormState, form: FormData) => {
  const clientId = line(form, 'clientId');
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}/credentials`);
  await revokeSecret(ctx, clientId, line(form, 'secretId'));
  redirect(`/clients/${clientId}/credentials`);
});

type Make = (ctx: SignedIn, clientId: string, submissionId: string | undefined) => Promise<CreatedSecret>;

/** Creates a secret and redirects to the page that shows it once. */
async function reveal(form: FormData, make: Make): Promise<FormState> {
  const clientId = line(form, 'clientId');
  const submissionId = line(form, 'submissionId');
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}/credentials`);
  if (!isClientId(submissionId)) return { status: 'refused', message: 'Load the page again and retry.', typed: {} };
  const { secret, value } = await make(ctx, clientId, submissionId);
  if (value) await storeReveal(ctx, submissionId, { id: secret.id, value });
  redirect(`/clients/${clientId}/credentials?reveal=${submissionId}`);
}
