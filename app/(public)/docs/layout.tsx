import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { SiteHeader } from '#components/site-header';

/** The frame of the documentation pages, which need no sign-in. */
export default page(async function DocsLayout({ children }: LayoutProps<'/docs'>) {
  return (
    <>
      <SiteHeader>
        <Link href="/clients" className={buttonClass('quiet')}>
          Your apps
        </Link>
      </SiteHeader>
      {children}
    </>
  );
});
