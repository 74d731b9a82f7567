import type { ConsentRequest } from '#lib/authorization-server/interaction';
import type { Texts } from '#lib/languages/index';

type WarningsProps = { request: ConsentRequest; texts: Texts };

/** What speaks against saying yes, in plain words. */
export function Warnings({ request, texts }: WarningsProps) {
  const { client, destination, verifiedDomain, isNew, changes } = request;
  const words = texts.consent.warnings;
  const warnings = [
    ...changes.map((change) => words.changed[change]),
    client.selfRegistered && words.selfRegistered,
    !client.selfRegistered && !client.verified && !verifiedDomain && words.unverified,
    destination.kind !== 'website' && words.onDevice,
    isNew && words.isNew,
  ].filter((one) => one !== false);
  if (warnings.length === 0) return null;
  return (
    <ul className="mt-6 space-y-2 rounded-card border-l-4 border-warn bg-warn-tint px-4 py-3 text-warn">
      {warnings.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
