import { PortalRoot } from '#app/portal-root';

export { metadata, viewport } from '../metadata.ts';

export default function DevelopmentLayout({ children }: LayoutProps<'/'>) {
  return <PortalRoot>{children}</PortalRoot>;
}
