import { page, pageTitle } from '#app/page-answer';
import { Empty } from '#components/empty';
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
        title="Requests that were refused"
        lead="Requests in the name of this app in the last thirty days, the latest first; the same mistake is counted once. Anybody who knows the client ID can cause them. They hold no secrets, codes or tokens."
      >
        {refusals.length === 0 ? (
          <Empty title="Nothing was refused">
            When a request of this app is refused, at any endpoint, you find the reason and the remedy here.
          </Empty>
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
