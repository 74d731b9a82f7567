import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SiteHeader } from '#components/site-header';
import { languageHeader, languages, readLanguage, textsIn } from '#lib/languages/index';

/** The frame of pages for end users, with a choice of languages. `at` is the page's own URL, if it is shown at another one. */
export async function LanguageFrame({ at = '', children }: { at?: string; children: ReactNode }) {
  const chosen = readLanguage((await headers()).get(languageHeader));
  return (
    <>
      <SiteHeader>
        <nav aria-label={textsIn(chosen).languages}>
          <ul className="flex gap-1 text-sm">
            {languages.map((language) => (
              <li key={language}>
                <a
                  href={`${at}${at.includes('?') ? '&' : '?'}lang=${language}`}
                  lang={language}
                  hrefLang={language}
                  aria-current={language === chosen ? 'true' : undefined}
                  className="inline-flex min-h-11 items-center rounded-control px-2 text-soft hover:bg-sunken hover:text-ink aria-current:font-semibold aria-current:text-ink aria-current:underline aria-current:decoration-accent aria-current:decoration-2 aria-current:underline-offset-8"
                >
                  {textsIn(language).ownName}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </SiteHeader>
      {children}
    </>
  );
}
