import Link from 'next/link';
import { buttonClass } from '#components/button';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import type { FormState } from '#lib/portal/forms';
import { ConfirmForm } from './confirm-form.tsx';

type ConfirmPageProps = {
  token: string;
  found: { email: string } | undefined;
  action: (state: FormState, form: FormData) => Promise<FormState>;
};

/** The page of a link in a mail. Opening it changes nothing, because mail scanners open links too; the button confirms. */
export function ConfirmPage({ token, found, action }: ConfirmPageProps) {
  if (found)
    return (
      <Page title="Is this your address?" lead={<strong className="break-all">{found.email}</strong>} width="narrow">
        <ConfirmForm token={token} action={action} />
      </Page>
    );
  return (
    <Page title="This link is not valid" width="narrow">
      <Notice tone="warn">It was used, is older than 24 hours, is incomplete, or belongs to another account.</Notice>
      <p className="mt-6">
        <Link href="/settings/profile" className={buttonClass()}>
          Your profile
        </Link>
      </p>
    </Page>
  );
}
