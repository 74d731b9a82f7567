import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { currentContext } from '#lib/portal/session';
import { findPasswordReset } from '#lib/users/index';
import { ResetPasswordForm } from './form.tsx';

export const metadata: Metadata = { title: 'New password', referrer: 'same-origin' };

export default page(async function ResetPasswordPage({ searchParams }: PageProps<'/reset-password'>) {
  const token = String((await searchParams).token ?? '');
  const reset = await findPasswordReset(await currentContext(), token);
  if (!reset)
    return (
      <Page title="New password" width="narrow">
        <Notice tone="warn">This link was used, is older than 30 minutes, or is incomplete.</Notice>
        <p className="mt-6">
          <Link href="/forgot-password" className={buttonClass()}>
            Ask for a new one
          </Link>
        </p>
      </Page>
    );
  return (
    <Page title="New password" lead="Every browser that is signed in now will be signed out." width="narrow">
      <ResetPasswordForm token={token} email={reset.email} />
    </Page>
  );
});
