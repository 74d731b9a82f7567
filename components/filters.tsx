import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { Icon } from './icon.tsx';
import { MenuLink } from './menu.tsx';

/** The chips below a search; on a phone they scroll sideways. */
export const FilterList = ({ children }: { children: ReactNode }) => <div className="filter-list">{children}</div>;

/** A filter that is on; a press takes it away. */
export function FilterOn({ label, href }: { label: string; href: string }) {
  return (
    <Link href={href} prefetch={false} className="filter-chip on">
      <span className="sr-only">Remove filter </span>
      {label}
      <Icon name="x" />
    </Link>
  );
}

type FilterChoice = { label: string; href: string; count?: number };

/** A filter that can be added: opens its values with the number of rows that each would leave. */
export function Filter({ label, choices }: { label: string; choices: readonly FilterChoice[] }) {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className="filter-chip">
        <Icon name="plus" />
        {label}
      </button>
      <div id={id} popover="auto" className="menu">
        {choices.map(({ label: text, href, count }) => (
          <MenuLink key={href} href={href}>
            {text}
            {count !== undefined && <span className="nav-count">{count.toLocaleString('en')}</span>}
          </MenuLink>
        ))}
      </div>
    </>
  );
}
