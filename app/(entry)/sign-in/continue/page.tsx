import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Page } from '#components/page';
import { findNextPage } from '#lib/portal/sign-in';

export const metadata: Metadata = { title: 'Continue', referrer: 'same-origin' };

export default page(async function ContinuePage() {
  const address = await findNextPage();
  if (!address) redirect('/sign-in');
  return (
    <Page title="One moment" width="narrow">
      <meta httpEquiv="refresh" content={`0;url=${address}`} />
      <a href={address} className={buttonClass()}>
        Continue to {URL.canParse(address) ? new URL(address).host : 'sign in'}
      </a>
    </Page>
  );
});
