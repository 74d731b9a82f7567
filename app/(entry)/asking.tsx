import { headers } from 'next/headers';
import { ClientLogo } from '#components/client-logo';
import { HostName } from '#components/host-name';
import { LongName } from '#components/long-name';
import { StandingBadge } from '#components/standing-badge';
import { findAsking } from '#lib/authorization-server/interaction';
import { registrableDomain } from '#lib/domains/index';
import { languageOfPage, textsIn } from '#lib/languages/index';
import { currentContext } from '#lib/portal/session';
import { inLanguage } from '#lib/public-info/index';

/** The app that a person signs in for, as its consent page describes it and in the same language. Empty if the sign-in leads elsewhere. */
export async function Asking({ callbackUrl }: { callbackUrl: string }) {
  const asking = await findAsking(await currentContext(), callbackUrl);
  if (!asking) return null;
  const language = languageOfPage(callbackUrl, (await headers()).get('accept-language') ?? undefined);
  const { consent, standing: words } = textsIn(language);
  const { destination, standing, verifiedDomain } = asking;
  const client = inLanguage(asking.client, language);
  const where = { website: undefined, loopback: consent.loopback, app: consent.ownScheme }[destination.kind];
  const host = verifiedDomain ?? destination.name;
  const owned = verifiedDomain ?? (destination.kind === 'website' ? registrableDomain(destination.name) : undefined);
  return (
    <section lang={language} className="mb-6 rounded-card border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <ClientLogo name={client.name} logoHash={client.logoHash} />
        <p className="min-w-0 self-center font-semibold">
          <LongName name={client.name} more={consent.wholeName}>
            <span className="font-normal text-soft">{consent.asks}</span>
          </LongName>
        </p>
      </div>
      <p className="mt-3 text-sm">
        <span className="text-soft">{verifiedDomain ? consent.verifiedAs : consent.leadsTo}</span>{' '}
        {where && <span className="font-medium">{where} </span>}
        <bdi className="font-mono font-medium [overflow-wrap:anywhere]">
          <HostName name={host} owned={owned} />
        </bdi>
      </p>
      <p className="mt-3">
        <StandingBadge small standing={standing} words={words} />
      </p>
    </section>
  );
}
