'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

type NavLinkProps = {
  href: string;
  exact?: boolean;
  className?: string;
  children: ReactNode;
};

const inARow =
  'flex min-h-10 pointer-coarse:min-h-11 items-center rounded-control px-3 whitespace-nowrap text-soft hover:bg-sunken hover:text-ink aria-[current]:bg-tint aria-[current]:font-medium aria-[current]:text-ink';

/** A navigation link that marks the current page; with `exact`, not for the pages below. */
export function NavLink({ href, exact = false, className = inARow, children }: NavLinkProps) {
  const path = usePathname();
  const here = path === href;
  const below = !exact && path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      // Every page is rendered for its request, so prefetching would cost more than it saves.
      prefetch={false}
      aria-current={here ? 'page' : below ? 'true' : undefined}
      className={className}
    >
      {children}
    </Link>
  );
}
