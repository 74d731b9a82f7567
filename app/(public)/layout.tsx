import { PresentRoot } from '#app/present-root';

export { metadata, viewport } from '../metadata.ts';

export default function PublicLayout({ children }: LayoutProps<'/'>) {
  return <PresentRoot>{children}</PresentRoot>;
}
