import type { Texts } from '#lib/languages/index';
import { type PublicClient, safeLink } from '#lib/public-info/index';
import { Part } from './part.tsx';

/** The publisher's own pages, each with its host. */
export function Links({ client, texts }: { client: PublicClient; texts: Texts }) {
  const pages: [string, string | null][] = [
    [texts.app.website, client.clientUri],
    [texts.app.privacy, client.policyUri],
    [texts.app.terms, client.tosUri],
  ];
  const links = pages.flatMap(([label, uri]) => {
    const link = safeLink(uri);
    return link ? [{ label, ...link }] : [];
  });
  if (links.length === 0)
    return (
      <Part title={texts.app.links}>
        <p className="text-soft">{texts.app.noLinks}</p>
      </Part>
    );
  return (
    <Part title={texts.app.links} lead={texts.app.linksLead}>
      <ul className="space-y-3">
        {links.map(({ label, href, host }) => (
          <li key={label}>
            <a href={href} rel="noopener noreferrer nofollow ugc" className="link font-medium">
              {label}
            </a>
            <span className="block text-sm text-soft [overflow-wrap:anywhere]">{host}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
