import Link from 'next/link';
import type { ReactNode } from 'react';

type PageProps = {
  title: ReactNode;
  lead?: ReactNode;
  /** Buttons of the whole page. */
  actions?: ReactNode;
  back?: { href: string; label: string };
  width?: 'narrow' | 'normal' | 'wide';
  children?: ReactNode;
};

const widths = { narrow: 'max-w-lg', normal: 'max-w-3xl', wide: 'max-w-6xl' };

/** The main part of a page: its h1 and its content. */
export function Page({ title, lead, actions, back, width = 'normal', children }: PageProps) {
  return (
    <main id="main" tabIndex={-1} className={`mx-auto w-full grow px-4 py-8 sm:px-6 ${widths[width]}`}>
      {back && (
        <Link href={back.href} className="link tap mb-4 inline-block text-sm [overflow-wrap:anywhere]">
          ← {back.label}
        </Link>
      )}
      <div className="mb-8 flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold [overflow-wrap:anywhere] sm:text-3xl">{title}</h1>
          {lead && <div className="mt-2 max-w-prose text-soft [overflow-wrap:anywhere]">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </main>
  );
}
