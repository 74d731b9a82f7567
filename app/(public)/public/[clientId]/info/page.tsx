import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import { page } from '#app/page-answer';
import { buttonClass } from '#components/button';
import { ClientLogo } from '#components/client-logo';
import { ProblemPage } from '#components/problem-page';
import { StandingBadge, standingLooks } from '#components/standing-badge';
import { dateIn, languageHeader, readLanguage, type Texts, textsIn } from '#lib/languages/index';
import { setPageStatus } from '#lib/portal/page-status';
import { currentContext } from '#lib/portal/session';
import { findPublicClient, inLanguage, needsConsentEachTime, type Standing, standingOf } from '#lib/public-info/index';
import { describeScopes } from '#lib/scopes/index';
import { Links } from './links.tsx';
import { Part } from './part.tsx';
import { Scopes } from './scopes.tsx';

function NoSuchApp({ texts: { noSuchApp } }: { texts: Texts }) {
  return (
    <ProblemPage
      code="404"
      title={noSuchApp.title}
      ways={
        <Link href="/" className={buttonClass('secondary')}>
          {noSuchApp.home}
        </Link>
      }
    >
      <p>{noSuchApp.text}</p>
    </ProblemPage>
  );
}

type StandingProps = { standing: Standing; texts: Texts };

/** One sentence about what the standing means to a person who is asked for consent. */
function StandingNotice({ standing, texts }: StandingProps) {
  return (
    <p className={`mt-6 rounded-card border-l-4 px-4 py-3 ${standingLooks[standing].tone}`}>
      {texts.standing[standing].text}
    </p>
  );
}

const load = cache(async (clientId: string) => {
  const { db } = await currentContext();
  const language = readLanguage((await headers()).get(languageHeader));
  const client = await findPublicClient(db, clientId);
  return {
    client: client && inLanguage(client, language),
    scopes: client ? await describeScopes(db, client.scopes) : [],
    language,
    texts: textsIn(language),
  };
});

/** A name may have 256 characters: a long one is set smaller. */
const sizeOf = (name: string) => (name.length > 60 ? 'text-xl' : 'text-3xl sm:text-4xl');

export async function generateMetadata({ params }: PageProps<'/public/[clientId]/info'>): Promise<Metadata> {
  const { client, texts } = await load((await params).clientId);
  if (!client) return { title: texts.noSuchApp.title, robots: { index: false } };
  return { title: texts.app.title(client.name), description: client.description || undefined };
}

export default page(async function PublicInfo({ params }: PageProps<'/public/[clientId]/info'>) {
  const { clientId } = await params;
  const { client, scopes, language, texts } = await load(clientId);
  if (!client) {
    setPageStatus(404);
    return <NoSuchApp texts={texts} />;
  }
  // One URL for each client: an id in capital letters redirects to it.
  if (clientId !== client.clientId) permanentRedirect(`/public/${client.clientId}/info`);
  const standing = standingOf(client);
  const isKnown = standing === 'verified' || standing === 'first_party';
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-2xl grow px-4 py-8 sm:px-6 sm:py-14">
      <div className="flex flex-wrap items-start gap-x-5 gap-y-4">
        <ClientLogo name={client.name} logoHash={client.logoHash} size="large" />
        <div className="min-w-0 grow basis-56">
          <h1 className={`font-semibold tracking-tight [overflow-wrap:anywhere] ${sizeOf(client.name)}`}>
            <bdi>{client.name}</bdi>
          </h1>
          {client.metadataUrl && (
            <p className="mt-2 text-soft">
              {texts.consent.describedAt}{' '}
              <bdi className="font-mono text-ink [overflow-wrap:anywhere]">{new URL(client.metadataUrl).host}</bdi>
            </p>
          )}
          {/* A self-registered app has no publisher. */}
          {!client.selfRegistered && (
            <p className="mt-2 text-soft [overflow-wrap:anywhere]">
              {isKnown ? texts.app.by : texts.consent.facts.claimed}{' '}
              <bdi className="font-medium text-ink">{client.publisher}</bdi>
            </p>
          )}
          <p className="mt-3">
            <StandingBadge standing={standing} words={texts.standing} />
          </p>
        </div>
      </div>
      <StandingNotice standing={standing} texts={texts} />
      <Part title={texts.app.about}>
        {client.description ? (
          <p dir="auto" className="whitespace-pre-line [overflow-wrap:anywhere]">
            {client.description}
          </p>
        ) : (
          <p className="text-soft">{texts.app.noDescription}</p>
        )}
        <p className="mt-4 text-sm text-soft">
          {texts.app.registered}{' '}
          <time dateTime={client.createdAt.toISOString()}>{dateIn(texts, client.createdAt)}</time> (UTC)
        </p>
      </Part>
      <Scopes
        scopes={scopes}
        asked={client.status !== 'active' ? undefined : needsConsentEachTime(client) ? 'each' : 'once'}
        language={language}
        texts={texts}
      />
      {/* No links to the pages of a suspended app. */}
      {standing !== 'suspended' && <Links client={client} texts={texts} />}
      <p className="mt-8 text-sm text-soft">{texts.app.claims}</p>
    </main>
  );
});
