import Link from 'next/link';
import { page, pageTitle } from '#app/page-answer';
import { Code } from '#components/code';
import { Moment } from '#components/moment';
import { Notice } from '#components/notice';
import { Section } from '#components/section';
import { listDomains } from '#lib/domains/index';
import { listSecrets } from '#lib/secrets/index';
import { isUsable } from '#lib/secrets/rules';
import { authWords, grantWords, provenanceWords, typeWords } from '../words.ts';
import { Checklist } from './checklist.tsx';
import { ClientFrame } from './client-frame.tsx';
import { loadClient } from './load.ts';
import { StoppedNotice } from './stopped-notice.tsx';

export const generateMetadata = pageTitle(async ({ params }: PageProps<'/clients/[clientId]'>) => {
  const { client } = await loadClient((await params).clientId);
  return client.name;
});

export default page(async function Overview({ params }: PageProps<'/clients/[clientId]'>) {
  const { ctx, client } = await loadClient((await params).clientId);
  const [secrets, domains] = await Promise.all([
    client.may.seeSecrets ? listSecrets(ctx, client.clientId) : undefined,
    listDomains(ctx, client.organizationId),
  ]);
  const liveSecrets = secrets?.filter((secret) => isUsable(secret)).length;
  const facts: [string, React.ReactNode][] = [
    ['Type', typeWords[client.applicationType].label],
    ['Grant types', client.grantTypes.map((grant) => grantWords[grant]).join(', ') || 'None'],
    ['Authentication', authWords[client.tokenEndpointAuthMethod]],
    ['PKCE', client.requirePkce ? 'Required (S256)' : 'Optional'],
    ['Registered by', provenanceWords[client.provenance]],
    ...(client.metadataUrl === null ? [] : [described(client.metadataUrl)]),
    ['Verified domains', domains.map(({ domain }) => domain).join(', ') || 'None of its organization'],
    ['Created', <Moment key="created" at={client.createdAt} />],
    ['Last changed', <Moment key="updated" at={client.updatedAt} />],
    ['Last used', client.lastUsedAt ? <Moment key="used" at={client.lastUsedAt} /> : 'Never'],
  ];
  return (
    <ClientFrame client={client} title="Overview">
      <StoppedNotice ctx={ctx} client={client} />
      {client.metadataUrl === null ? (
        <Checklist client={client} liveSecrets={liveSecrets} />
      ) : (
        <div className="mb-6">
          <Notice>
            This app describes itself at an address of its own, and is registered as that says. What it is changes
            there, and not here.
          </Notice>
        </div>
      )}
      <Section title="What it is">
        <dl className="grid gap-x-6 gap-y-1 max-sm:[&_dd]:mb-2 sm:gap-y-3 sm:grid-cols-[12rem_1fr]">
          {facts.map(([term, fact]) => (
            <div key={term} className="contents">
              <dt className="text-soft">{term}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere]">{fact}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section
        title="What others see"
        lead="Anyone who knows the client ID may open this page; it shows nothing private."
      >
        <p className="flex flex-wrap items-center gap-4">
          <Code label="public path">{`/public/${client.clientId}/info`}</Code>
          <Link href={`/public/${client.clientId}/info`} className="link">
            Open the public page
          </Link>
        </p>
      </Section>
    </ClientFrame>
  );
});

/** The client ID. */
const described = (url: string): [string, React.ReactNode] => [
  'Describes itself at',
  <Code key="described" label="metadata document">
    {url}
  </Code>,
];
