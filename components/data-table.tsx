import type { ReactNode } from 'react';

type DataTableProps = { caption: string; columns: readonly string[]; children: ReactNode };

/** A table that shows each row as a card on narrow screens. */
export function DataTable({ caption, columns, children }: DataTableProps) {
  return (
    <table className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-md:sr-only">
        <tr className="border-b border-line">
          {columns.map((column) => (
            <th key={column} scope="col" className="px-3 py-2 text-sm font-medium whitespace-nowrap text-soft">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">{children}</tbody>
    </table>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <tr className="border-b border-line last:border-b-0 hover:bg-canvas max-md:block max-md:py-4">{children}</tr>;
}

type CellProps = {
  /** The column's name, shown next to the value on a card; without it the value takes the whole line. */
  label?: string;
  head?: boolean;
  children: ReactNode;
};

export function Cell({ label, head, children }: CellProps) {
  const className =
    'px-3 py-3 align-middle font-normal max-md:flex max-md:items-baseline max-md:gap-3 max-md:px-0 max-md:py-1';
  const content = (
    <>
      {label && (
        <span aria-hidden="true" className="w-28 shrink-0 text-sm text-soft md:hidden">
          {label}
        </span>
      )}
      <div className="min-w-0">{children}</div>
    </>
  );
  return head ? (
    <th scope="row" className={`${className} md:min-w-40`}>
      {content}
    </th>
  ) : (
    <td className={className}>{content}</td>
  );
}
