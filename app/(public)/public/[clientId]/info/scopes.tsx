import { Sensitivity } from '#components/sensitivity';
import type { Language, Texts } from '#lib/languages/index';
import { type Scope, scopesInWords } from '#lib/scopes/index';
import { Part } from './part.tsx';

type ScopesProps = {
  scopes: readonly Scope[];
  /** How often people are asked; undefined for an app that is not active. */
  asked: 'once' | 'each' | undefined;
  language: Language;
  texts: Texts;
};

/** The scopes that the app may request, with the catalogue's texts. */
export function Scopes({ scopes, asked, language, texts }: ScopesProps) {
  if (scopes.length === 0)
    return (
      <Part title={texts.app.scopes}>
        <p className="text-soft">{texts.app.noScopes}</p>
      </Part>
    );
  return (
    <Part title={texts.app.scopes} lead={asked && texts.app.scopesLead[asked]}>
      <ul className="divide-y divide-line">
        {scopesInWords(scopes, language).map(({ names, title, description, sensitivity }) => (
          <li key={names[0]} className="py-3 first:pt-0 last:pb-0">
            <p className="font-medium">
              {title} <Sensitivity of={sensitivity} words={texts.app.sensitivity} />
            </p>
            <p className="text-sm text-soft">{description}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}
