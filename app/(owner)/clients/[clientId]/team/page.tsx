import { page, pageTitle } from '#app/page-answer';
import { Cell, DataTable, Row } from '#components/data-table';
import { Empty } from '#components/empty';
import { Section } from '#components/section';
import { listManagers } from '#lib/clients/index';
import { listMembers } from '#lib/members/index';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { addToTeam, removeFromTeam } from './actions.ts';
import { type Editor, editorsOf } from './editors.ts';
import { AddForm, RemoveForm } from './forms.tsx';

type TeamTableProps = { clientId: string; editors: readonly Editor[]; mayManage: boolean };

function TeamTable({ clientId, editors, mayManage }: TeamTableProps) {
  if (editors.length === 0) return <Empty title="Nobody of the organization">Only the operator may edit it.</Empty>;
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

type Props = PageProps<'/clients/[clientId]/team'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/team');
  return `Team · ${client.name}`;
});

export default page(async function Team({ params }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/team');
  const [members, managers] = await Promise.all([
    listMembers(ctx, client.organizationId),
    listManagers(ctx, client.clientId),
  ]);
  const editors = editorsOf(client, members, managers);
  const taken = new Set(editors.map(({ userId }) => userId));
  const others = members.filter(
    ({ userId, role, isDisabled }) => role === 'developer' && !isDisabled && !taken.has(userId),
  );
  return (
    <ClientFrame client={client} title="Team">
      <Section
        title="Who may edit this app"
        lead="Everybody in the organization sees it. The operator of this portal may edit every app."
      >
        <TeamTable clientId={client.clientId} editors={editors} mayManage={client.may.manage} />
      </Section>
      {client.may.manage && (
        <Section
          title="Add a manager"
          lead="A developer of the organization who may edit this app and see its secrets, but not delete it."
        >
          <AddForm
            action={addToTeam.bind(null, client.clientId)}
            people={others.map(({ userId, name }) => ({ value: userId, label: name }))}
          />
        </Section>
      )}
    </ClientFrame>
  );
});
