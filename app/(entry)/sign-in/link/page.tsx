import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { page } from '#app/page-answer';
import { Page } from '#components/page';
import { listProviders } from '#lib/identities/index';
import { findWaitingIdentity } from '#lib/portal/session-identity';
import { LinkForm } from './form.tsx';

export const metadata: Metadata = { title: 'One account' };

export default page(async function LinkPage() {
  const identity = await findWaitingIdentity();
  if (!identity) redirect('/sign-in?error=expired');
  const provider = listProviders().find(({ id }) => id === identity.provider)?.name ?? identity.provider;
  return (
    <Page
      title="You have an account here"
      lead={
        <>
          Enter its password once. After that you can sign in with {provider}:{' '}
          <strong className="break-all">{identity.email}</strong>
        </>
      }
      width="narrow"
    >
      <LinkForm email={identity.email} />
      <p className="mt-6 text-soft">
        <Link href="/forgot-password" className="link">
          Forgotten password, or never had one?
        </Link>
      </p>
    </Page>
  );
});
