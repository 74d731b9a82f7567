import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { Page } from '#components/page';
import { requireOperatorContext } from '#lib/portal/session';

export const metadata: Metadata = { title: 'Operate' };

export default page(async function Admin() {
  await requireOperatorContext('/admin');
  return (
    <Page title="Operate" lead="What only the operator of this registry sees.">
      <ul className="grid gap-2">
        <li>
          <Link href="/admin/mailbox" className="link">
            Mailbox
          </Link>{' '}
          <span className="text-soft">mail that was written while no SMTP server is configured</span>
        </li>
      </ul>
    </Page>
  );
});
