import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Chip } from '#components/chip';
import { Cell, DataTable, Row } from '#components/data-table';
import { Moment } from '#components/moment';
import { Notice } from '#components/notice';
import { Page } from '#components/page';
import { tableOf } from '#lib/kernel/table';
import { roleTexts } from '#lib/members/rules';
import { listOrganizations } from '#lib/organizations/index';
import { requireContext } from '#lib/portal/session';

export const metadata: Metadata = { title: 'Organizations' };

const done = tableOf({ left: 'You have left it.', deleted: 'It is deleted.' });

export default page(async function OrganizationsPage({ searchParams }: PageProps<'/settings/organizations'>) {
  const message = done((await searchParams).done);
  const organizations = await listOrganizations(await requireContext('/settings/organizations'));
  return (
    <Page
      title="Organizations"
      lead="Apps belong to an organization, and its people work on them together."
      width="wide"
      actions={
        <Link href="/settings/organizations/new" className={buttonClass()}>
          New organization
        </Link>
      }
    >
      {message && (
        <div className="mb-6">
          <Notice tone="good">{message}</Notice>
        </div>
      )}
      <DataTable caption="Your organizations" columns={['Name', 'Your role', 'People', 'Since']}>
        {organizations.map(({ id, name, personalOf, role, memberCount, createdAt }) => (
          <Row key={id}>
            <Cell head>
              <span className="flex flex-wrap items-center gap-2">
                <Link href={`/settings/organizations/${id}`} className="link font-medium [overflow-wrap:anywhere]">
                  {name}
                </Link>
                {personalOf && <Chip>Personal</Chip>}
              </span>
            </Cell>
            <Cell label="Your role">{roleTexts[role].title}</Cell>
            <Cell label="People">{memberCount}</Cell>
            <Cell label="Since">
              <Moment at={createdAt} date />
            </Cell>
          </Row>
        ))}
      </DataTable>
    </Page>
  );
});
