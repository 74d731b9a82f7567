import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '#components/button';
import { DeadEnd } from '#components/dead-end';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <DeadEnd
      code="404"
      title="There is nothing here"
      ways={
        <>
          <Link href="/clients" className={buttonClass()}>
            Your apps
          </Link>
          <Link href="/" className={buttonClass('secondary')}>
            Start page
          </Link>
        </>
      }
    >
      <p>The address may be mistyped, what was here may be gone, or it may belong to somebody else.</p>
    </DeadEnd>
  );
}
