import { Cell, DataTable, Row } from '#components/data-table';
import { EmptyState } from '#components/empty-state';
import { removeFromTeam } from './actions.ts';
import type { Editor } from './editors.ts';
import { RemoveForm } from './remove-form.tsx';

type TeamTableProps = { clientId: string; editors: readonly Editor[]; mayManage: boolean };

export function TeamTable({ clientId, editors, mayManage }: TeamTableProps) {
  if (editors.length === 0)
    return <EmptyState title="Nobody of the organization">Only the operator may edit it.</EmptyState>;
  return (
    <DataTable caption="Who may edit this app" columns={['Name', 'Because', ...(mayManage ? ['Change'] : [])]}>
      {editors.map(({ userId, name, because, removable }) => (
        <Row key={userId}>
          <Cell head>
            <bdi className="font-medium [overflow-wrap:anywhere]">{name}</bdi>
          </Cell>
          <Cell label="Because">{because.join(' · ')}</Cell>
          {mayManage && (
            <Cell>
              {removable && <RemoveForm action={removeFromTeam.bind(null, clientId)} userId={userId} name={name} />}
            </Cell>
          )}
        </Row>
      ))}
    </DataTable>
  );
}
