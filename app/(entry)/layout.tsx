import { SiteHeader } from '#components/site-header';

/** The frame of the pages that lead into the portal. */
export default function EntryLayout({ children }: LayoutProps<'/'>) {
  return (
    <>
      <SiteHeader />
      {children}
    </>
  );
}
