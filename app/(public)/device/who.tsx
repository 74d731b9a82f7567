import { HostName } from '#components/host-name';
import { registrableDomain } from '#lib/domains/index';
import type { Texts } from '#lib/languages/index';
import { isNew, safeLink } from '#lib/public-info/index';
import { AppTitle } from '../app-title.tsx';
import { Facts } from '../facts.tsx';
import { Warnings } from '../warnings.tsx';
import type { Device } from './load.ts';

/** The app, its claimed website, the code to compare, and a warning if the device is on another network. */
export function Who({ device: { client, request, standing }, texts }: { device: Device; texts: Texts }) {
  const words = texts.device;
  const { warnings, toKnow } = texts.consent;
  const host = safeLink(client.clientUri)?.host;
  const [what = '', doThis = ''] = warnings.device;
  const elsewhere = request.otherNetwork === undefined ? '' : words.otherNetwork(request.otherNetwork);
  const ofKind = standing === 'self_registered' ? warnings.selfRegistered : warnings.unverified;
  const more = [
    standing === 'self_registered' && toKnow.unchecked,
    !host && toKnow.noHost,
    isNew(client) && toKnow.isNew,
    toKnow.everyTime,
  ].filter((one) => one !== false);
  return (
    <>
      <AppTitle client={client} asks={words.asks} texts={texts} />
      <p className="mt-5">
        <span className="block text-sm text-soft">{words.compare}</span>
        <span className="block font-mono text-3xl font-semibold tracking-widest">{request.userCode}</span>
      </p>
      {request.otherNetwork === undefined && <p className="mt-2 text-sm text-soft">{words.sameNetwork}</p>}
      <Warnings
        warnings={[[what, `${doThis} ${elsewhere}`.trim()], ofKind(warnings.ifYouStarted)]}
        toKnow={more}
        texts={texts}
      />
      {host && (
        <p className="mt-4">
          <span className="block text-sm text-soft">{words.saysFrom}</span>
          <bdi className="block font-mono font-semibold [overflow-wrap:anywhere]">
            <HostName name={host} owned={registrableDomain(host)} />
          </bdi>
        </p>
      )}
      <Facts client={client} standing={standing} people={request.people} texts={texts} />
    </>
  );
}
