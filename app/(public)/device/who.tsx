import { ClientLogo } from '#components/client-logo';
import { HostName } from '#components/host-name';
import { registrableDomain } from '#lib/domains/index';
import type { Texts } from '#lib/languages/index';
import { isNew, safeLink } from '#lib/public-info/index';
import { Facts } from '../facts.tsx';
import type { Device } from './load.ts';

/** Who asks, from which website by its own word, and whether it is the device in front of the person. */
export function Who({ device: { client, request }, texts }: { device: Device; texts: Texts }) {
  const words = texts.device;
  const { warnings } = texts.consent;
  const host = safeLink(client.clientUri)?.host;
  const said = [
    words.warning,
    request.otherNetwork !== undefined && words.otherNetwork(request.otherNetwork),
    client.selfRegistered && warnings.selfRegistered,
    !client.selfRegistered && !client.verified && warnings.unverified,
    isNew(client) && warnings.isNew,
  ].filter((one) => one !== false);
  return (
    <>
      <div className="flex items-start gap-4">
        <ClientLogo name={client.name} logoHash={client.logoHash} size="large" />
        <h1 className="min-w-0 self-center text-balance text-lg font-semibold tracking-tight sm:text-xl">
          <bdi className={`[overflow-wrap:anywhere] ${client.name.length > 80 ? 'line-clamp-3' : ''}`}>
            {client.name}
          </bdi>{' '}
          <span className="font-normal text-soft">{words.asks}</span>
        </h1>
      </div>
      <p className="mt-6">
        <span className="block text-sm text-soft">{host ? words.saysFrom : words.noHost}</span>
        {host && (
          <bdi className="block font-mono text-xl font-semibold [overflow-wrap:anywhere] sm:text-2xl">
            <HostName name={host} owned={registrableDomain(host)} />
          </bdi>
        )}
      </p>
      <Facts client={client} people={request.people} texts={texts} />
      <p className="mt-6">
        <span className="block text-sm text-soft">{words.compare}</span>
        <span className="block font-mono text-3xl font-semibold tracking-widest">{request.userCode}</span>
      </p>
      {request.otherNetwork === undefined && <p className="mt-2 text-sm text-soft">{words.sameNetwork}</p>}
      <ul className="mt-6 space-y-2 rounded-card border-l-4 border-warn bg-warn-tint px-4 py-3 text-warn">
        {said.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}
