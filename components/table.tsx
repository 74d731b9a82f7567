import Link from 'next/link';
import type { ReactNode } from 'react';

type Column = {
  label: string;
  /** Numbers stand at the right. */
  num?: boolean;
  /** Left out where the window is narrower than 1180 px. */
  wide?: boolean;
  hideLabel?: boolean;
  /** Where a press on the header leads, and how the rows are sorted by it now. */
  sort?: { href: string; now?: 'ascending' | 'descending' | undefined };
};

type TableProps = {
  /** What the rows are, for screen readers. */
  caption: string;
  columns: readonly Column[];
  /** What stands there without rows: an `Empty`. */
  empty?: ReactNode;
  children: readonly ReactNode[] | ReactNode;
};

const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ') || undefined;

/**
 * Rows with more than three comparable facts each. On a phone a row is two lines: the cell `main`, and below it the cells
 * with a place. The other cells are left out.
 */
export function Table({ caption, columns, empty, children }: TableProps) {
  if (empty && Array.isArray(children) && children.length === 0) return empty;
  return (
    <div className="bleed">
      {/* biome-ignore lint/a11y/noRedundantRoles: on a phone CSS changes its `display`, which removes the implicit role */}
      <table role="table" className="records">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, num, wide, hideLabel, sort }) => (
              <th key={label} scope="col" aria-sort={sort?.now} className={classes(num && 'num', wide && 'wide')}>
                {sort ? (
                  <Link href={sort.href} prefetch={false}>
                    {label}
                    {sort.now && <span aria-hidden="true">{sort.now === 'ascending' ? ' ↑' : ' ↓'}</span>}
                  </Link>
                ) : (
                  <span className={hideLabel ? 'sr-only' : undefined}>{label}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A line of its own between rows: what those below have in common. */
export function GroupRow({ columns, children }: { columns: number; children: ReactNode }) {
  return (
    <tr className="group">
      <th scope="colgroup" colSpan={columns}>
        {children}
      </th>
    </tr>
  );
}

/** `selected`: its drawer is open. `changed`: it has just changed by itself. */
export function Row({ selected, changed, children }: { selected?: boolean; changed?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: on a phone CSS changes its `display`, which removes the implicit role
    <tr role="row" aria-selected={selected} className={changed ? 'changed' : undefined}>
      {children}
    </tr>
  );
}

type CellProps = {
  /** Its place on a phone: the name, a fact below it, the one number or button at the right, the box to tick. */
  at?: 'main' | 'sub' | 'end' | 'check';
  /** On a phone, before the fact. */
  label?: string;
  num?: boolean;
  act?: boolean;
  wide?: boolean;
  children: ReactNode;
};

export function Cell({ at, label, num, act, wide, children }: CellProps) {
  const className = classes(at && `p-${at}`, num && 'num', act && 'act', wide && 'wide');
  if (at === 'main')
    return (
      <th scope="row" className={className}>
        {children}
      </th>
    );
  return (
    // biome-ignore lint/a11y/noRedundantRoles: on a phone CSS changes its `display`, which removes the implicit role
    <td role="cell" data-label={label} className={className}>
      {children}
    </td>
  );
}
