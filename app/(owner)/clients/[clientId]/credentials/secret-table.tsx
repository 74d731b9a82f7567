import Link from 'next/link';
import { Chip } from '#components/chip';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import type { ClientSecret, SecretState } from '#lib/secrets/rules';
import { stateOf } from '#lib/secrets/rules';

type SecretTableProps = { clientId: string; secrets: readonly ClientSecret[]; mayEdit: boolean };

const columns = ['Name', 'Secret', 'State', 'Created', 'Ends', 'Last used'];
const states: Record<SecretState, { word: string; tone: 'good' | 'warn' | 'danger' | 'neutral' }> = {
  live: { word: 'Live', tone: 'good' },
  expiring: { word: 'Ends soon', tone: 'warn' },
  expired: { word: 'Expired', tone: 'danger' },
  revoked: { word: 'Revoked', tone: 'neutral' },
};

const when = (at: Date | null) => (at ? <Moment at={at} /> : <span className="text-soft">Never</span>);

export function SecretTable({ clientId, secrets, mayEdit }: SecretTableProps) {
  return (
    <DataTable caption="Secrets, newest first" columns={mayEdit ? [...columns, 'Change'] : columns}>
      {secrets.map((secret) => {
        const state = stateOf(secret);
        return (
          <Row key={secret.id}>
            <Cell head>
              <span className="font-medium [overflow-wrap:anywhere]">{secret.name}</span>
            </Cell>
            <Cell label="Secret">
              <code className="font-mono text-sm whitespace-nowrap">
                <span aria-hidden="true">••••</span>
                <span className="sr-only">ends in </span>
                {secret.lastFour}
              </code>
            </Cell>
            <Cell label="State">
              <Chip tone={states[state].tone}>{states[state].word}</Chip>
            </Cell>
            <Cell label="Created">
              <Moment at={secret.createdAt} />
              {secret.createdByName && (
                <span className="block text-sm text-soft [overflow-wrap:anywhere]">by {secret.createdByName}</span>
              )}
            </Cell>
            <Cell label="Ends">{when(secret.revokedAt ?? secret.expiresAt)}</Cell>
            <Cell label="Last used">{when(secret.lastUsedAt)}</Cell>
            {mayEdit && (
              <Cell>
                {state !== 'revoked' && (
                  <Link href={`/clients/${clientId}/credentials/${secret.id}/revoke`} prefetch={false} className="link">
                    Revoke<span className="sr-only"> {secret.name}</span>
                  </Link>
                )}
              </Cell>
            )}
          </Row>
        );
      })}
    </DataTable>
  );
}
