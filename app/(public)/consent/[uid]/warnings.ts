import type { ConsentRequest } from '#lib/authorization-server/interaction';
import type { Texts } from '#lib/languages/index';
import type { Warning } from '../../warnings.tsx';

/** What speaks against saying yes to a request, the worst first. */
export function warningsOf(request: ConsentRequest, texts: Texts): Warning[] {
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

/** What else there is to know of it. */
export function toKnowOf({ standing, destination, isNew, askedEachTime }: ConsentRequest, texts: Texts): string[] {
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
