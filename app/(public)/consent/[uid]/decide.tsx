import { Button } from '#components/button';
import { safeLink } from '#lib/public-info/index';
import type { Asked } from './load.ts';

/** Where it leads and the two answers, of equal weight; on a small screen they stay in sight. */
export function Decide({ asked: { request, texts } }: { asked: Asked }) {
  const { client, destination } = request;
  const { name } = destination;
  const where = {
    website: name,
    loopback: `${texts.consent.loopback} (${name})`,
    app: `${texts.consent.ownScheme} (${name})`,
  };
  const links = [
    [texts.app.privacy, safeLink(client.policyUri)] as const,
    [texts.app.terms, safeLink(client.tosUri)] as const,
  ].flatMap(([label, link]) => (link ? [{ label, ...link }] : []));
  return (
    <>
      <section aria-labelledby="then" className="mt-8">
        <h2 id="then" className="font-semibold">
          {texts.consent.next}
        </h2>
        <p className="mt-2 [overflow-wrap:anywhere]">{texts.consent.nextText(where[destination.kind])}</p>
        <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
          {links.map(({ label, href, host }) => (
            <li key={label}>
              <a href={href} target="_blank" rel="noreferrer nofollow" className="link tap [overflow-wrap:anywhere]">
                {label} ({host})
              </a>
            </li>
          ))}
          <li>
            <a href={`/public/${client.clientId}/info`} target="_blank" rel="noreferrer" className="link tap">
              {texts.consent.moreAbout}
            </a>
          </li>
        </ul>
      </section>
      <div className="answer-bar sticky bottom-0 -mx-4 mt-8 grid grid-cols-2 gap-4 border-t border-line bg-canvas px-4 py-4 sm:static sm:mx-0 sm:border-0 sm:px-0">
        <Button type="submit" name="decision" value="cancel" variant="secondary">
          {texts.consent.cancel}
        </Button>
        <Button type="submit" name="decision" value="allow" variant="secondary">
          {texts.consent.allow}
        </Button>
      </div>
    </>
  );
}
