import type { Metadata } from 'next';
import { page } from '#app/page-answer';
import { Moment } from '#components/moment';
import { Sheet } from '#components/sheet';
import { getMail, ownLinksIn, type Piece } from '#lib/mail/index';
import { requireOperatorContext } from '#lib/portal/session';

export const metadata: Metadata = { title: 'Mail', referrer: 'same-origin' };

/** Adds to each piece the position where it begins, as its key. */
function placed(pieces: Piece[]) {
  let at = 0;
  return pieces.map((piece) => {
    const place = at;
    at += piece.text.length;
    return { ...piece, place };
  });
}

export default page(async function MailPage({ params }: PageProps<'/admin/mailbox/[mailId]'>) {
  const { mailId } = await params;
  const ctx = await requireOperatorContext(`/admin/mailbox/${mailId}`);
  const mail = await getMail(ctx, mailId);
  return (
    <Sheet
      title={mail.subject}
      lead={
        <>
          To <span className="break-all">{mail.recipient}</span>, written <Moment at={mail.createdAt} />
        </>
      }
      back={{ href: '/admin/mailbox', label: 'Mail' }}
      narrow
    >
      <div className="panel panel-part [overflow-wrap:anywhere] whitespace-pre-wrap">
        {placed(ownLinksIn(mail.body)).map(({ text, href, place }) =>
          href ? (
            <a key={place} href={href} className="link">
              {text}
            </a>
          ) : (
            <span key={place}>{text}</span>
          ),
        )}
      </div>
    </Sheet>
  );
});
