'use server';

import { redirect } from 'next/navigation';
import { isClientId } from '#lib/clients/rules';
import { type FormState, refused } from '#lib/forms';
import { type CreatedSecret, createSecret, keepReveal, revokeSecret, rotateSecret } from '#lib/secrets/index';
import { requireContext, type SignedIn } from '#lib/session';
import { line } from '../../read-form.ts';

const dayMs = 24 * 60 * 60 * 1000;

export async function addSecret(_state: FormState, form: FormData): Promise<FormState> {
  return reveal(form, (ctx, clientId, submissionId) => {
    const days = Number(line(form, 'expiresInDays'));
    const expiresAt = days > 0 && days <= 3650 ? new Date(Date.now() + days * dayMs) : null;
    return createSecret(ctx, clientId, { name: line(form, 'name'), expiresAt, submissionId });
  });
}

export async function rotate(_state: FormState, form: FormData): Promise<FormState> {
  return reveal(form, (ctx, clientId, submissionId) => {
    const overlap = line(form, 'overlap').trim();
    const overlapSeconds = /^\d{1,4}$/.test(overlap) ? Number(overlap) * 3600 : Number.NaN;
    return rotateSecret(ctx, clientId, { overlapSeconds, submissionId });
  });
}

export async function revoke(_state: FormState, form: FormData): Promise<FormState> {
  const clientId = line(form, 'clientId');
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}/credentials`);
  try {
    await revokeSecret(ctx, clientId, line(form, 'secretId'));
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/clients/${clientId}/credentials`);
}

type Make = (ctx: SignedIn, clientId: string, submissionId: string | undefined) => Promise<CreatedSecret>;

/** Makes a secret and leads to the one page that shows it. */
async function reveal(form: FormData, make: Make): Promise<FormState> {
  const clientId = line(form, 'clientId');
  const submissionId = line(form, 'submissionId');
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}/credentials`);
  if (!isClientId(submissionId)) return { status: 'refused', message: 'Load the page again and retry.', typed: {} };
  try {
    const { secret, value } = await make(ctx, clientId, submissionId);
    if (value) await keepReveal(ctx, submissionId, { id: secret.id, value });
  } catch (error) {
    return refused(error, form);
  }
  redirect(`/clients/${clientId}/credentials?reveal=${submissionId}`);
}
