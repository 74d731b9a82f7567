import Link from 'next/link';
import { Chip } from '#components/chip';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import { Notice } from '#components/notice';
import { Section } from '#components/section';
import { listInvitations } from '#lib/invitations/index';
import { grantableBy, roleTexts } from '#lib/members/rules';
import { InviteForm, TakeBackForm } from './forms.tsx';
import { loadOrganization } from './load.ts';

/** The open invitations, and the form to invite somebody. */
export async function Invitations({ organizationId }: { organizationId: string }) {
  const { ctx, role } = await loadOrganization(organizationId);
  const invitations = await listInvitations(ctx, organizationId);
  const roles = grantableBy(role).map((value) => ({ value, ...roleTexts[value] }));
  return (
    <Section title="Invitations" lead="A link by mail, good once and for seven days.">
      {invitations.length > 0 && (
        <div className="mb-6">
          <DataTable caption="Open invitations" columns={['Address', 'Role', 'Invited by', 'Ends', 'Change']}>
            {invitations.map(({ id, email, role: offered, invitedByName, expiresAt }) => (
              <Row key={id}>
                <Cell head>
                  <span className="[overflow-wrap:anywhere]">{email}</span>
                </Cell>
                <Cell label="Role">{roleTexts[offered].title}</Cell>
                <Cell label="Invited by">
                  <span className="[overflow-wrap:anywhere]">{invitedByName}</span>
                </Cell>
                <Cell label="Ends">
                  {expiresAt > new Date() ? <Moment at={expiresAt} /> : <Chip tone="danger">Expired</Chip>}
                </Cell>
                <Cell>
                  <TakeBackForm organizationId={organizationId} invitationId={id} email={email} />
                </Cell>
              </Row>
            ))}
          </DataTable>
        </div>
      )}
      {ctx.actor.emailVerified ? (
        <InviteForm organizationId={organizationId} roles={roles} />
      ) : (
        <Notice tone="warn">
          To invite people,{' '}
          <Link href="/settings/profile" className="link">
            confirm your own e-mail address
          </Link>{' '}
          first.
        </Notice>
      )}
    </Section>
  );
}
