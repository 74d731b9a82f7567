import { HostName } from '#components/host-name';
import { StandingBadge } from '#components/standing-badge';
import type { ConsentRequest } from '#lib/authorization-server/interaction';
import { registrableDomain } from '#lib/domains/index';
import type { Texts } from '#lib/languages/index';
import { AppTitle } from '../../app-title.tsx';
import { Facts } from '../../facts.tsx';
import { type Warning, Warnings } from '../../warnings.tsx';
import type { Asked } from './load.ts';

/** Who asks. The app chooses its name freely; only the redirect host cannot be forged. */
export function Who({ asked: { request, texts } }: { asked: Asked }) {
  const { client, destination, standing, verifiedDomain } = request;
  const where = { website: undefined, loopback: texts.consent.loopback, app: texts.consent.ownScheme }[
    destination.kind
  ];
  const owned = destination.kind === 'website' ? registrableDomain(destination.name) : undefined;
  return (
    <>
      <AppTitle client={client} asks={texts.consent.asks} texts={texts} />
      <div className="mt-5">
        <p className="text-sm text-soft">{verifiedDomain ? texts.consent.verifiedAs : texts.consent.leadsTo}</p>
        {where && <p className="text-2xl font-semibold">{where}</p>}
        <p className={`flex items-start gap-2 font-mono ${where ? 'text-soft' : 'text-2xl font-semibold sm:text-3xl'}`}>
          {verifiedDomain && <Tick />}
          <bdi className="min-w-0 [overflow-wrap:anywhere]">
            <HostName name={verifiedDomain ?? destination.name} owned={verifiedDomain ?? owned} />
          </bdi>
        </p>
        {/* A pushed request may use any host of the domain (rule R16). */}
        {verifiedDomain && verifiedDomain !== destination.name && (
          <p className="mt-2">
            <span className="block text-sm text-soft">{texts.consent.leadsTo}</span>
            <bdi className="block font-mono font-semibold [overflow-wrap:anywhere]">
              <HostName name={destination.name} owned={verifiedDomain} />
            </bdi>
          </p>
        )}
        {client.metadataUrl && (
          <p className="mt-2">
            <span className="block text-sm text-soft">{texts.consent.describedAt}</span>
            <bdi className="font-mono [overflow-wrap:anywhere]">
              <HostName name={new URL(client.metadataUrl).host} />
            </bdi>
          </p>
        )}
      </div>
      {/* A person who cannot allow anything needs no warnings. */}
      {request.state !== 'members_only' && (
        <Warnings warnings={warningsOf(request, texts)} toKnow={toKnowOf(request, texts)} texts={texts} />
      )}
      {/* With a form, the answer bar shows the standing. */}
      {request.state !== 'ask' && (
        <p className="mt-4">
          <StandingBadge small standing={standing} words={texts.standing} />
        </p>
      )}
      <Facts client={client} standing={standing} people={request.people} texts={texts} />
    </>
  );
}

/** A check mark: the state is visible without colour, and the text above names it. */
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

/** The warnings about a request, the most severe first. */
function warningsOf(request: ConsentRequest, texts: Texts): Warning[] {
  const { client, standing, destination, changes } = request;
  const words = texts.consent.warnings;
  const doThis = destination.kind === 'website' ? words.ifYouKnow(destination.name) : words.ifYouStarted;
  const elsewhere = destination.kind === 'website' && standing === 'unverified' && client.hasProvedWebsite;
  return [
    elsewhere && words.elsewhere(destination.name),
    ...changes.map((change) => words.changed[change]),
    standing === 'self_registered' && words.selfRegistered(doThis),
    standing === 'unverified' && !elsewhere && words.unverified(doThis),
  ].filter((one) => one !== false);
}

/** Further facts about the request. */
function toKnowOf({ standing, destination, isNew, askedEachTime }: ConsentRequest, texts: Texts): string[] {
  const words = texts.consent.toKnow;
  const onDevice = destination.kind !== 'website';
  return [
    standing === 'unverified' && !onDevice && words.maker,
    standing === 'self_registered' && words.unchecked,
    onDevice && words.program,
    destination.kind === 'app' && words.scheme,
    isNew && words.isNew,
    onDevice && askedEachTime && words.everyTime,
  ].filter((one) => one !== false);
}
