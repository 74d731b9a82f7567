import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '#components/button';
import { ProblemPage } from '#components/problem-page';
import { SiteHeader } from '#components/site-header';

export const metadata: Metadata = { title: 'Not found' };

/** The 404 page, for use inside another page's frame. */
export function NotFound() {
  return (
    <ProblemPage
      code="404"
      title="Page not found"
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
      <p>The address may be mistyped, the page may be gone, or it may belong to somebody else.</p>
    </ProblemPage>
  );
}

/** The 404 page for a URL that belongs to no page. */
export default function NoSuchPage() {
  return (
    <>
      <SiteHeader />
      <NotFound />
    </>
  );
}
