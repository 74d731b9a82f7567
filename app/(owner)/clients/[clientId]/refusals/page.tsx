import { page, pageTitle } from '#app/page-answer';
import { EmptyState } from '#components/empty-state';
import { Notice } from '#components/notice';
import { Section } from '#components/section';
import { listRefusals } from '#lib/refusals/index';
import { ClientFrame } from '../client-frame.tsx';
import { loadClient } from '../load.ts';
import { RefusalCard } from './refusal-card.tsx';

type Props = PageProps<'/clients/[clientId]/refusals'>;

export const generateMetadata = pageTitle(async ({ params }: Props) => {
  const { client } = await loadClient((await params).clientId, '/refusals');
  return `Refused requests · ${client.name}`;
});

export default page(async function Refusals({ params, searchParams }: Props) {
  const { ctx, client } = await loadClient((await params).clientId, '/refusals');
  const refusals = await listRefusals(ctx, client.clientId);
  return (
    <ClientFrame client={client} title="Refused requests">
      {(await searchParams).added === '1' && (
        <div role="status" className="mb-6">
          <Notice tone="good">The redirect URI was added: the app may lead there now.</Notice>
        </div>
      )}
      <Section
        title="What did not fit"
        lead="Requests of the last thirty days that were answered by an error page here, because nothing says where else they may lead. People are shown the reference and nothing more."
      >
        {refusals.length === 0 ? (
          <EmptyState title="Nothing was refused">
            When somebody meets an error page on the way to this app, you find the reason here.
          </EmptyState>
        ) : (
          <ul className="space-y-4">
            {refusals.map((refusal) => (
              <RefusalCard key={refusal.reference} refusal={refusal} client={client} />
            ))}
          </ul>
        )}
      </Section>
    </ClientFrame>
  );
});
