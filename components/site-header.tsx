import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from './logo.tsx';
import { NavLink } from './nav-link.tsx';

type SiteHeaderProps = { home?: string; links?: readonly { href: string; label: string }[]; children?: ReactNode };

/** The header of every page: plain links, in two lines on a phone. It needs no script. */
export function SiteHeader({ home = '/', links = [], children }: SiteHeaderProps) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 px-4 sm:min-h-16 sm:px-6">
        <Link href={home} className="flex min-h-12 items-center gap-2 text-lg font-semibold">
          <Logo />
          Clientele
        </Link>
        {links.length > 0 && (
          <nav aria-label="Main" className="order-last -mx-2 flex w-full gap-1 pb-2 sm:order-none sm:w-auto sm:pb-0">
            {links.map(({ href, label }) => (
              <NavLink key={href} href={href}>
                {label}
              </NavLink>
            ))}
          </nav>
        )}
        <div className="ml-auto flex min-h-12 min-w-0 items-center gap-2">{children}</div>
      </div>
    </header>
  );
}
