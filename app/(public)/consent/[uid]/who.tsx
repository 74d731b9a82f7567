import { ClientLogo } from '#components/client-logo';
import { HostName } from '#components/host-name';
import { registrableDomain } from '#lib/domains/index';
import { Facts } from '../../facts.tsx';
import type { Asked } from './load.ts';
import { Warnings } from './warnings.tsx';

/** Who asks: the name is the app's own word for itself; the address that its answer leads to is the one thing it cannot make up. */
export function Who({ asked: { request, texts } }: { asked: Asked }) {
  const { client, destination, verifiedDomain } = request;
  const where = { website: undefined, loopback: texts.consent.loopback, app: texts.consent.ownScheme }[
    destination.kind
  ];
  const owned = destination.kind === 'website' ? registrableDomain(destination.name) : undefined;
  return (
    <>
      <div className="flex items-start gap-4">
        <ClientLogo name={client.name} logoHash={client.logoHash} size="large" />
        <h1 className="min-w-0 self-center text-balance text-lg font-semibold tracking-tight sm:text-xl">
          <bdi className={`[overflow-wrap:anywhere] ${client.name.length > 80 ? 'line-clamp-3' : ''}`}>
            {client.name}
          </bdi>{' '}
          <span className="font-normal text-soft">{texts.consent.asks}</span>
        </h1>
      </div>
      <p className="mt-6">
        <span className="block text-sm text-soft">
          {verifiedDomain ? texts.consent.verifiedAs : texts.consent.leadsTo}
        </span>
        <span className="flex items-start gap-2 font-mono text-2xl font-semibold sm:text-3xl">
          {verifiedDomain && <Tick />}
          <bdi className="min-w-0 [overflow-wrap:anywhere]">
            <HostName name={verifiedDomain ?? destination.name} owned={verifiedDomain ?? owned} />
          </bdi>
        </span>
        {/* Any host of the domain may have pushed itself: a preview. */}
        {verifiedDomain && verifiedDomain !== destination.name && (
          <span className="mt-2 block">
            <span className="block text-sm text-soft">{texts.consent.leadsTo}</span>
            <bdi className="block font-mono font-semibold [overflow-wrap:anywhere]">
              <HostName name={destination.name} owned={verifiedDomain} />
            </bdi>
          </span>
        )}
        {where && <span className="block text-soft">{where}</span>}
      </p>
      {client.metadataUrl && (
        <p className="mt-3">
          <span className="block text-sm text-soft">{texts.consent.describedAt}</span>
          <bdi className="font-mono [overflow-wrap:anywhere]">
            <HostName name={new URL(client.metadataUrl).host} />
          </bdi>
        </p>
      )}
      {client.verified && (
        <p className="mt-3 [overflow-wrap:anywhere]">
          {texts.standing.verified.text} {texts.app.by} <bdi className="font-medium">{client.publisher}</bdi>
        </p>
      )}
      <Facts client={client} people={request.people} texts={texts} />
      {/* To whom it is closed needs no warning of saying yes. */}
      {request.state !== 'members_only' && <Warnings request={request} texts={texts} />}
    </>
  );
}

/** The form says it as well as the colour; the words stand above. */
function Tick() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className="mt-1 size-6 shrink-0 fill-none stroke-good stroke-[1.6] sm:size-7"
    >
      <circle cx="10" cy="10" r="7.6" />
      <path d="m6.5 10.5 2.5 2.5 4.5-5.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
