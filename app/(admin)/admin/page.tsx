import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { Sheet } from '#components/sheet';
import { requireOperatorContext } from '#lib/portal/session';

export const metadata: Metadata = { title: 'Overview' };

export default page(async function Admin() {
  await requireOperatorContext('/admin');
  return (
    <Sheet title="Overview">
      <ul className="items max-w-[68ch]">
        <li>
          <span>
            <Link href="/admin/mailbox" className="font-medium">
              Mail
            </Link>
            <br />
            <span className="text-soft">Messages that were written while no mail server was configured</span>
          </span>
        </li>
      </ul>
    </Sheet>
  );
});
