import { ClientLogo } from '#components/client-logo';
import type { Asked } from './load.ts';
import { Warnings } from './warnings.tsx';

/** Who asks: the name is the app's own word for itself; the address that its answer leads to is the one thing it cannot make up. */
export function Who({ asked: { request, texts } }: { asked: Asked }) {
  const { client, destination } = request;
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
        <span className="block text-sm text-soft">{texts.consent.leadsTo}</span>
        <bdi className="block font-mono text-xl font-semibold [overflow-wrap:anywhere] sm:text-2xl">
          {destination.name}
        </bdi>
        {where && <span className="block text-soft">{where}</span>}
      </p>
      <Warnings client={client} destination={destination} isNew={request.isNew} texts={texts} />
    </>
  );
}
