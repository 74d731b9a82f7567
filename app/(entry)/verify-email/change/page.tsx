import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { requireContext } from '#lib/portal/session';
import { findEmailChange } from '#lib/users/index';
import { confirmChange } from '../actions.ts';
import { ConfirmPage } from '../confirm-page.tsx';

export const metadata: Metadata = { title: 'Confirm your new address', referrer: 'same-origin' };

export default page(async function ChangeEmailPage({ searchParams }: PageProps<'/verify-email/change'>) {
  const token = String((await searchParams).token ?? '');
  const ctx = await requireContext(`/verify-email/change?token=${encodeURIComponent(token)}`);
  return <ConfirmPage token={token} found={await findEmailChange(ctx, token)} action={confirmChange} />;
});
