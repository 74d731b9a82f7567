import Link from 'next/link';
import type { ReactNode } from 'react';
import { Chip } from '#components/chip';
import { ClientLogo } from '#components/client-logo';
import { Code } from '#components/code';
import { NavLink } from '#components/nav-link';
import type { OwnedClient } from '#lib/clients/index';
import { ClientStanding, StatusBadge } from '../badges.tsx';
import { environmentWords } from '../words.ts';

/** The frame of every page of one client: its name, its state, and the links to its other pages. */
export function ClientFrame({ client, title, children }: { client: OwnedClient; title: string; children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl grow px-4 py-8 sm:px-6">
      <Link href="/clients" className="link tap mb-4 inline-block text-sm">
        ← Apps
      </Link>
      <div className="mb-4 flex items-start gap-4">
        <ClientLogo name={client.name} logoHash={client.logoHash} size="large" />
        <div className="min-w-0">
          <p className="text-2xl font-semibold [overflow-wrap:anywhere]">
            <bdi>{client.name}</bdi>
          </p>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <StatusBadge status={client.status} />
            <Chip>{environmentWords[client.environment].label}</Chip>
            <ClientStanding client={client} />
          </p>
        </div>
      </div>
      <p className="mb-4 text-sm">
        <span className="mr-2 text-soft">Client ID</span>
        <Code label="client ID">{client.clientId}</Code>
      </p>
      <ClientNav client={client} />
      <h1 className="mb-4 text-xl font-semibold">{title}</h1>
      {children}
    </main>
  );
}

/** The pages of a client that the person may open. */
function ClientNav({ client }: { client: OwnedClient }) {
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
