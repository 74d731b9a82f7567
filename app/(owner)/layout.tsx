import { page } from '#app/page-answer';
import { portalHeader } from '#app/portal-header';

/** The frame of pages that need a sign-in. Each page checks that itself. */
export default page(async function OwnerLayout({ children }: LayoutProps<'/'>) {
  return (
    <>
      {await portalHeader()}
      {children}
    </>
  );
});
