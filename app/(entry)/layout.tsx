import { PresentRoot } from '#app/present-root';
import { SiteHeader } from '#components/site-header';

export { metadata, viewport } from '../metadata.ts';

/** The frame of the sign-in and sign-up pages. */
export default function EntryLayout({ children }: LayoutProps<'/'>) {
  return (
    <PresentRoot>
      <SiteHeader />
      {children}
    </PresentRoot>
  );
}
