import Link from 'next/link';
import { Chip } from '#components/chip';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import { Section } from '#components/section';
import { listMembers, type Member } from '#lib/members/index';
import { grantableBy, roleTexts } from '#lib/members/rules';
import { RoleForm } from './forms.tsx';
import { loadOrganization } from './load.ts';

const columns = ['Person', 'Role', 'Since'];

export async function Members({ organizationId }: { organizationId: string }) {
  const { ctx, organization, role, administer } = await loadOrganization(organizationId);
  const members = await listMembers(ctx, organizationId);
  const grantable = grantableBy(role);
  const options = grantable.map((value) => ({ value, label: roleTexts[value].title }));
  const owners = members.filter((member) => member.role === 'owner' && !member.isDisabled);
  // The last owner and the person of a personal organization cannot be removed, so there is no button.
  const mayChange = ({ userId, role: theirs, isDisabled }: Member) =>
    grantable.includes(theirs) &&
    organization.personalOf !== userId &&
    (theirs !== 'owner' || isDisabled || owners.length > 1);
  return (
    <Section title="People" lead="A new role or a removal counts from the next click or request on.">
      <DataTable caption="People of the organization" columns={administer ? [...columns, 'Change'] : columns}>
        {members.map((member) => (
          <Row key={member.userId}>
            <Cell head>
              <Person member={member} self={member.userId === ctx.actor.userId} />
            </Cell>
            <Cell label="Role">
              {mayChange(member) ? (
                <RoleForm
                  organizationId={organizationId}
                  userId={member.userId}
                  name={member.name}
                  role={member.role}
                  options={options}
                />
              ) : (
                roleTexts[member.role].title
              )}
            </Cell>
            <Cell label="Since">
              <Moment at={member.since} date />
            </Cell>
            {administer && (
              <Cell>
                {mayChange(member) && (
                  <Link
                    href={`/settings/organizations/${organizationId}/members/${member.userId}/remove`}
                    className="link"
                  >
                    Remove<span className="sr-only"> {member.name}</span>
                  </Link>
                )}
              </Cell>
            )}
          </Row>
        ))}
      </DataTable>
    </Section>
  );
}

function Person({ member, self }: { member: Member; self: boolean }) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium [overflow-wrap:anywhere]">{member.name}</span>
        {self && <Chip tone="accent">You</Chip>}
        {member.isDisabled && <Chip tone="warn">Account disabled</Chip>}
      </span>
      {member.email && <span className="block text-sm text-soft [overflow-wrap:anywhere]">{member.email}</span>}
    </>
  );
}
