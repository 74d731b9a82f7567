import { ClientLogo } from '#components/client-logo';
import type { Asked } from './load.ts';
import { Warnings } from './warnings.tsx';

/** Who asks: the name is the app's own word for itself; the address that its answer leads to is the one thing it cannot make up. */
export function Who({ asked: { request, texts } }: { asked: Asked }) {
  const { client, destination, verifiedDomain } = request;
  const long = client.name.length > 60;
  const where = { website: undefined, loopback: texts.consent.loopback, app: texts.consent.ownScheme }[
    destination.kind
  ];
  return (
    <>
      <div className="flex items-start gap-4">
        <ClientLogo name={client.name} logoHash={client.logoHash} size="large" />
        <h1 className={`min-w-0 font-semibold tracking-tight ${long ? 'text-lg' : 'text-2xl sm:text-3xl'}`}>
          <bdi className="[overflow-wrap:anywhere]">{client.name}</bdi>{' '}
          <span className="font-normal text-soft">{texts.consent.asks}</span>
        </h1>
      </div>
      <p className="mt-6">
        <span className="block text-sm text-soft">
          {verifiedDomain ? texts.consent.verifiedAs : texts.consent.leadsTo}
        </span>
        <bdi className="block font-mono text-xl font-semibold [overflow-wrap:anywhere] sm:text-2xl">
          {verifiedDomain && <Tick />}
          {verifiedDomain ?? destination.name}
        </bdi>
        {/* Any host of the domain may have pushed itself: a preview. */}
        {verifiedDomain && verifiedDomain !== destination.name && (
          <span className="mt-2 block">
            <span className="block text-sm text-soft">{texts.consent.leadsTo}</span>
            <bdi className="block font-mono font-semibold [overflow-wrap:anywhere]">{destination.name}</bdi>
          </span>
        )}
        {where && <span className="block text-soft">{where}</span>}
      </p>
      <Warnings request={request} texts={texts} />
    </>
  );
}

/** The form says it as well as the colour; the words stand above. */
function Tick() {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className="mr-2 inline size-6 fill-none stroke-good stroke-[1.6]">
      <circle cx="10" cy="10" r="7.6" />
      <path d="m6.5 10.5 2.5 2.5 4.5-5.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
