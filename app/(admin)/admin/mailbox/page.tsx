import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Cell, DataTable, Row } from '#components/data-table';
import { EmptyState } from '#components/empty-state';
import { Moment } from '#components/moment';
import { Page } from '#components/page';
import { isMailKept, listMails } from '#lib/mail/index';
import { requireOperatorContext } from '#lib/portal/session';

export const metadata: Metadata = { title: 'Mailbox' };

export default page(async function MailboxPage({ searchParams }: PageProps<'/admin/mailbox'>) {
  const ctx = await requireOperatorContext('/admin/mailbox');
  const before = (await searchParams).before;
  const { mails, next } = await listMails(ctx, typeof before === 'string' ? before : undefined);
  const lead = isMailKept()
    ? 'No mail server is configured, so what Clientele would send stays here for 30 days. Hand the links on yourself, or set SMTP_URL.'
    : 'Mail goes out through the configured server. What stands here was written before.';
  return (
    <Page title="Mailbox" lead={lead} width="wide" back={{ href: '/admin', label: 'Operate' }}>
      {mails.length === 0 ? (
        <EmptyState title="No mail">
          Links for forgotten passwords, confirmations and invitations show up here.
        </EmptyState>
      ) : (
        <DataTable caption="Mail, the newest first" columns={['Subject', 'To', 'Written']}>
          {mails.map(({ id, subject, recipient, createdAt }) => (
            <Row key={id}>
              <Cell head>
                <Link href={`/admin/mailbox/${id}`} className="link">
                  {subject}
                </Link>
              </Cell>
              <Cell label="To">
                <span className="break-all">{recipient}</span>
              </Cell>
              <Cell label="Written">
                <Moment at={createdAt} />
              </Cell>
            </Row>
          ))}
        </DataTable>
      )}
      {next && (
        <p className="mt-6">
          <Link href={`/admin/mailbox?before=${next}`} className={buttonClass('secondary')}>
            Older
          </Link>
        </p>
      )}
    </Page>
  );
});
