import { NavLink } from '#components/nav-link';
import type { OwnedClient } from '#lib/clients/index';

/** The sections of a client's page; those that the person may not open are left out. */
export function ClientNav({ client }: { client: OwnedClient }) {
  const base = `/clients/${client.clientId}`;
  const sections = [
    { href: base, label: 'Overview' },
    { href: `${base}/settings`, label: 'Settings' },
    { href: `${base}/redirects`, label: 'Redirect URIs' },
    { href: `${base}/permissions`, label: 'Permissions' },
    { href: `${base}/branding`, label: 'Branding' },
    ...(client.may.seeSecrets ? [{ href: `${base}/credentials`, label: 'Secrets' }] : []),
    { href: `${base}/refusals`, label: 'Refused requests' },
    { href: `${base}/history`, label: 'History' },
    { href: `${base}/team`, label: 'Team' },
    ...(client.may.edit || client.may.remove ? [{ href: `${base}/danger`, label: 'Danger zone' }] : []),
  ];
  return (
    <nav aria-label="This app" className="-mx-3 mb-6 flex flex-wrap gap-1 border-b border-line pb-2">
      {sections.map(({ href, label }) => (
        <NavLink key={href} href={href} exact>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
