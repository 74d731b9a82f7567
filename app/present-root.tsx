import { headers } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import './present.css';

/** The root layout of the pages that do not have the look of the portal's root layout yet. */
export async function PresentRoot({ children }: { children: ReactNode }) {
  // Every page contains the nonce of its request, so no page may be prerendered.
  await connection();
  const language = readLanguage((await headers()).get(languageHeader));
  return (
    <html lang={language}>
      <body>
        <a
          href="#main"
          className="sr-only z-10 rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        >
          {textsIn(language).skip}
        </a>
        <div className="page-root flex min-h-dvh flex-col">{children}</div>
      </body>
    </html>
  );
}
