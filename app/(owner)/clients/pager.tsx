import Link from 'next/link';
import { buttonClass } from '#components/button';
import type { ClientPage } from '#lib/clients/index';
import { writeCursor } from './cursor.ts';
import { type Search, writeSearch } from './search.ts';

export const countedAtMost = 10_000;

type PagerProps = { search: Search; page: ClientPage; total: number };

/** The position in the list, and the links to the next and previous page. Pages begin at a row, so no row is shown twice if the list grows. */
export function Pager({ search, page, total }: PagerProps) {
  const shown = page.items.length;
  const first = firstRow(search, page);
  const all = total > countedAtMost ? `${countedAtMost.toLocaleString('en').replace(',', ' ')}+` : String(total);
  const newer = page.previous && writeCursor({ position: page.previous, rowsBefore: first }, search.sort);
  const older = page.next && writeCursor({ position: page.next, rowsBefore: first + shown }, search.sort);
  return (
    <nav aria-label="Pages" className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p className="text-soft">
        {first + 1}–{first + shown} of {all}
      </p>
      <div className="flex gap-2">
        {newer && (
          <Link href={writeSearch(search, { before: newer })} rel="prev" className={buttonClass('secondary')}>
            Previous
          </Link>
        )}
        {older && (
          <Link href={writeSearch(search, { after: older })} rel="next" className={buttonClass('secondary')}>
            Next
          </Link>
        )}
      </div>
    </nav>
  );
}

function firstRow({ after, before }: Search, { items, previous }: ClientPage): number {
  if (!previous) return 0;
  return before ? Math.max(0, before.rowsBefore - items.length) : (after?.rowsBefore ?? 0);
}
