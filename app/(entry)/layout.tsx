import { SiteHeader } from '#components/site-header';

/** The frame of the sign-in and sign-up pages. */
export default function EntryLayout({ children }: LayoutProps<'/'>) {
  return (
    <>
      <SiteHeader />
      {children}
    </>
  );
}
