import Link from 'next/link';
import { page, pageTitle } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { Empty } from '#components/empty';
import { listAuditEvents } from '#lib/audit/index';
import { listMembers } from '#lib/members/index';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { EventCard } from './event-card.tsx';

type Props = PageProps<'/clients/[clientId]/history'>;

const pageSize = 20;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/history');
  return `History · ${client.name}`;
});

export default page(async function History({ params, searchParams }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/history');
  const before = readPosition((await searchParams).before);
  const [events, members] = await Promise.all([
    listAuditEvents(ctx, { type: 'client', id: client.clientId }, { limit: pageSize + 1, before }),
    listMembers(ctx, client.organizationId),
  ]);
  const shown = events.slice(0, pageSize);
  const names = new Map(members.map(({ userId, name }) => [userId, name]));
  return (
    <ClientFrame client={client} title="History">
      {shown.length === 0 && (
        <Empty title={before ? 'Nothing older' : 'Nothing has happened yet'}>
          {!before && <p>Every change to this app will be written here: who, when, and what it was before.</p>}
        </Empty>
      )}
      <ol className="grid gap-4">
        {shown.map((event) => (
          <EventCard key={event.id} event={event} names={names} showSecrets={client.may.seeSecrets} />
        ))}
      </ol>
      <nav aria-label="Pages of the history" className="mt-6 flex flex-wrap gap-3">
        {before && (
          <Link href="?" className={buttonClass('secondary')}>
            Newest
          </Link>
        )}
        {events.length > pageSize && (
          <Link href={`?before=${shown.at(-1)?.id}`} className={buttonClass('secondary')}>
            Older
          </Link>
        )}
      </nav>
    </ClientFrame>
  );
});

function readPosition(text: string | string[] | undefined): number | undefined {
  const id = typeof text === 'string' && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
  return Number.isSafeInteger(id) ? id : undefined;
}
