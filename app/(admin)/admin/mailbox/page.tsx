import type { Metadata } from 'next';
import Link from 'next/link';
import { page } from '#app/page-answer';
import { Empty } from '#components/empty';
import { Moment } from '#components/moment';
import { Pager } from '#components/pager';
import { Sheet } from '#components/sheet';
import { Cell, Row, Table } from '#components/table';
import { isMailKept, listMails } from '#lib/mail/index';
import { requireOperatorContext } from '#lib/portal/session';

export const metadata: Metadata = { title: 'Mail' };

const noMail = (
  <Empty title="No mail">Links for forgotten passwords, confirmations and invitations show up here.</Empty>
);

export default page(async function MailboxPage({ searchParams }: PageProps<'/admin/mailbox'>) {
  const ctx = await requireOperatorContext('/admin/mailbox');
  const before = (await searchParams).before;
  const { mails, next } = await listMails(ctx, typeof before === 'string' ? before : undefined);
  const lead = isMailKept()
    ? 'No mail server is configured, so mail stays here for 30 days. Pass the links on yourself, or set SMTP_URL.'
    : 'Mail is sent through the configured server. This list has older mail.';
  return (
    <Sheet title="Mail" lead={lead}>
      <Table
        caption="Mail, the newest first"
        columns={[{ label: 'Subject' }, { label: 'To' }, { label: 'Written', num: true }]}
        empty={noMail}
      >
        {mails.map(({ id, subject, recipient, createdAt }) => (
          <Row key={id}>
            <Cell at="main">
              <Link href={`/admin/mailbox/${id}`} prefetch={false}>
                {subject}
              </Link>
            </Cell>
            <Cell at="sub">
              <span className="break-all">{recipient}</span>
            </Cell>
            <Cell at="sub" num>
              <Moment at={createdAt} />
            </Cell>
          </Row>
        ))}
      </Table>
      <Pager next={next && `/admin/mailbox?before=${next}`} words={{ previous: 'Newer', next: 'Older' }} />
    </Sheet>
  );
});
