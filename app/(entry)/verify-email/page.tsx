import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { requireContext } from '#lib/portal/session';
import { findVerification } from '#lib/users/index';
import { confirmAddress } from './actions.ts';
import { ConfirmPage } from './confirm-page.tsx';

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'same-origin' };

export default page(async function VerifyEmailPage({ searchParams }: PageProps<'/verify-email'>) {
  const token = String((await searchParams).token ?? '');
  const ctx = await requireContext(`/verify-email?token=${encodeURIComponent(token)}`);
  return <ConfirmPage token={token} found={await findVerification(ctx, token)} action={confirmAddress} />;
});
