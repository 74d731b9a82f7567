import { NavLink } from '#components/nav-link';

const sections = [
  { href: '/settings/profile', label: 'Profile' },
  { href: '/settings/sessions', label: 'Sessions' },
  { href: '/settings/tokens', label: 'API tokens' },
  { href: '/settings/authorized-apps', label: 'Authorized apps' },
  { href: '/settings/organizations', label: 'Organizations' },
];

/** The navigation of the settings. Each page checks the sign-in itself. */
export default function SettingsLayout({ children }: LayoutProps<'/settings'>) {
  return (
    <>
      <nav aria-label="Settings" className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-6xl flex-wrap gap-1 px-1 py-1 sm:px-3">
          {sections.map(({ href, label }) => (
            <NavLink key={href} href={href}>
              {label}
            </NavLink>
          ))}
        </div>
      </nav>
      {children}
    </>
  );
}
