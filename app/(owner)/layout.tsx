import { page } from '#app/page-answer';
import { portalHeader } from '#app/portal-header';

/** The frame of everything that needs a sign-in. It checks nothing: each page does. */
export default page(async function OwnerLayout({ children }: LayoutProps<'/'>) {
  return (
    <>
      {await portalHeader()}
      {children}
    </>
  );
});
