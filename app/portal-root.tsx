import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { Toasts } from '#components/toast';
import { findTheme } from '#lib/portal/theme';
import { fontClasses } from './look/fonts.ts';
import './look/portal.css';

/** The root layout of the pages in the portal's look (app/look/). */
export async function PortalRoot({ children }: { children: ReactNode }) {
  // Every page carries the nonce of its own request, so none may be prerendered.
  await connection();
  return (
    <html lang="en" data-theme={await findTheme()} className={fontClasses}>
      <body>
        <a href="#main" className="skip">
          Skip to content
        </a>
        {children}
        <Toasts />
      </body>
    </html>
  );
}
