import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Clientele', template: '%s · Clientele' },
  description: 'Register and keep the applications that use this platform’s API.',
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: LayoutProps<'/'>) {
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
