import Link from 'next/link';
import { ClientLogo } from '#components/client-logo';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import type { Client } from '#lib/clients/rules';
import { ClientStanding, StatusBadge } from './badges.tsx';
import { environmentWords, typeWords } from './words.ts';

const columns = ['App', 'Type', 'Environment', 'Status', 'Standing', 'Created', 'Last used'];

export function ClientTable({ clients }: { clients: readonly Client[] }) {
  return (
    <div className="rounded-card border border-line bg-surface max-md:px-4">
      <DataTable caption="Apps" columns={columns}>
        {clients.map((client) => (
          <Row key={client.clientId}>
            <Cell head>
              <span className="flex min-w-0 items-center gap-3">
                <ClientLogo name={client.name} logoHash={client.logoHash} />
                <Link
                  href={`/clients/${client.clientId}`}
                  prefetch={false}
                  className="line-clamp-2 min-w-0 font-medium [overflow-wrap:anywhere] hover:underline"
                >
                  <bdi>{client.name}</bdi>
                </Link>
              </span>
            </Cell>
            <Cell label="Type">{typeWords[client.applicationType].label}</Cell>
            <Cell label="Environment">{environmentWords[client.environment].label}</Cell>
            <Cell label="Status">
              <StatusBadge status={client.status} />
            </Cell>
            <Cell label="Standing">
              <ClientStanding client={client} />
            </Cell>
            <Cell label="Created">
              <Moment at={client.createdAt} date />
            </Cell>
            <Cell label="Last used">
              {client.lastUsedAt ? <Moment at={client.lastUsedAt} date /> : <span className="text-soft">Never</span>}
            </Cell>
          </Row>
        ))}
      </DataTable>
    </div>
  );
}
