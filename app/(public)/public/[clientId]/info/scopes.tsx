import type { Language, Texts } from '#lib/languages/index';
import type { Scope } from '#lib/scopes/index';
import { Part } from './part.tsx';

type ScopesProps = { scopes: readonly Scope[]; language: Language; texts: Texts };

/** What the app may ask for, in the catalogue's words. */
export function Scopes({ scopes, language, texts }: ScopesProps) {
  if (scopes.length === 0)
    return (
      <Part title={texts.app.scopes}>
        <p className="text-soft">{texts.app.noScopes}</p>
      </Part>
    );
  // Two scopes may say the same to a person (create:customers, customers:create).
  const said = new Map(
    scopes.map(({ name, texts: words }) => {
      const { title, description } = words[language] ?? words.en ?? { title: name, description: '' };
      return [`${title}\n${description}`, { title, description }];
    }),
  );
  return (
    <Part title={texts.app.scopes} lead={texts.app.scopesLead}>
      <ul className="divide-y divide-line">
        {[...said].map(([key, { title, description }]) => (
          <li key={key} className="py-3 first:pt-0 last:pb-0">
            <p className="font-medium">{title}</p>
            <p className="text-sm text-soft">{description}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}
