import { page } from '#app/page-answer';
import { portalHeader } from '#app/portal-header';
import { PresentRoot } from '#app/present-root';

export { metadata, viewport } from '../metadata.ts';

/** The frame of pages that need a sign-in. Each page checks that itself. */
const Frame = page(async function OwnerFrame({ children }: LayoutProps<'/'>) {
  return (
    <>
      {await portalHeader()}
      {children}
    </>
  );
});

export default function OwnerLayout(props: LayoutProps<'/'>) {
  return (
    <PresentRoot>
      <Frame {...props} />
    </PresentRoot>
  );
}
