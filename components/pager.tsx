import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from './button.tsx';

type PagerProps = {
  /** What is shown: "1–20 of 38". */
  children?: ReactNode;
  previous?: string | undefined;
  next?: string | undefined;
  words?: { previous: string; next: string };
};

/** The way to the pages before and after, by key and not by number. Not there where all is shown. */
export function Pager({ children, previous, next, words = { previous: 'Previous', next: 'Next' } }: PagerProps) {
  if (!previous && !next && !children) return null;
  return (
    <nav aria-label="Pages" className="pager">
      <span>{children}</span>
      {(previous || next) && (
        <span className="flex gap-2">
          <PagerLink href={previous} rel="prev">
            {words.previous}
          </PagerLink>
          <PagerLink href={next} rel="next">
            {words.next}
          </PagerLink>
        </span>
      )}
    </nav>
  );
}

function PagerLink({ href, rel, children }: { href: string | undefined; rel: string; children: string }) {
  if (!href) return null;
  return (
    <Link href={href} rel={rel} prefetch={false} className={buttonClass('secondary')}>
      {children}
    </Link>
  );
}
