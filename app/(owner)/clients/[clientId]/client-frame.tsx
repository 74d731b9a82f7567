import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '#components/badge';
import { ClientLogo } from '#components/client-logo';
import { Code } from '#components/code';
import type { OwnedClient } from '#lib/clients/index';
import { ClientStanding, StatusBadge } from '../badges.tsx';
import { environmentWords } from '../words.ts';
import { ClientNav } from './client-nav.tsx';

/** What every page of one client shows: which client it is, its state, and the way to its other pages. */
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
            <Badge>{environmentWords[client.environment].label}</Badge>
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
