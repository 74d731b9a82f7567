import { safeLink } from '#lib/public-info/index';
import type { Asked } from './load.ts';

/** Where the person goes after Allow, where they can revoke access, and links to more information. */
export function Decide({ asked: { request, texts } }: { asked: Asked }) {
  const { client, destination } = request;
  const words = texts.consent;
  const links = [
    [texts.app.privacy, safeLink(client.policyUri)] as const,
    [texts.app.terms, safeLink(client.tosUri)] as const,
  ].flatMap(([label, link]) => (link ? [{ label, ...link }] : []));
  return (
    <section className="mt-8 text-sm">
      <p className="[overflow-wrap:anywhere]">
        {words.nextText(destination.name)} {words.takeBack}{' '}
        <a href="/settings/authorized-apps" target="_blank" rel="noreferrer" className="link tap">
          {words.authorizedApps}
        </a>
        .
      </p>
      <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1">
        {links.map(({ label, href, host }) => (
          <li key={label}>
            <a href={href} target="_blank" rel="noreferrer nofollow" className="link tap [overflow-wrap:anywhere]">
              {label} ({host})
            </a>
          </li>
        ))}
        <li>
          <a href={`/public/${client.clientId}/info`} target="_blank" rel="noreferrer" className="link tap">
            {words.moreAbout}
          </a>
        </li>
      </ul>
    </section>
  );
}
