import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Logo } from './logo.tsx';
import { NavLink } from './nav-link.tsx';
import { CloseNavigation, CurrentPlace } from './shell-place.tsx';

export type NavEntry = {
  href: string;
  label: string;
  icon: IconName;
  /** Something to look at. */
  count?: number;
};
export type NavGroup = { title?: string; entries: readonly NavEntry[] };

type ShellProps = {
  /** The platform's name. */
  name: string;
  /** The part of the platform to which the navigation belongs: Platform, Developers. */
  part: string;
  home: string;
  groups: readonly NavGroup[];
  /** Above the navigation: a `Switcher`. */
  top?: ReactNode;
  /** Below the navigation: the way to the other part, and the account. */
  foot: ReactNode;
  children: ReactNode;
};

/** One column of navigation and the sheet. In a narrow window the same column is a popover, which needs no script. */
export function Shell({ name, part, home, groups, top, foot, children }: ShellProps) {
  const places = groups.flatMap(({ entries }) => entries.map(({ href, label }) => ({ href, label })));
  return (
    <div className="shell">
      <header className="topbar">
        <button type="button" popoverTarget="navigation" aria-label="Open navigation" className="btn btn-icon">
          <Icon name="menu" />
        </button>
        <button type="button" popoverTarget="navigation" className="btn topbar-place">
          <span className="truncate">
            <CurrentPlace places={places} other={part} />
          </span>
          <Icon name="down" />
        </button>
      </header>
      <nav id="navigation" popover="auto" aria-label="Main" className="sidebar">
        <a href={home} className="brand">
          <Logo />
          <span className="min-w-0">
            {name}
            <small>{part}</small>
          </span>
        </a>
        {top}
        <div className="nav-list">
          {groups.map(({ title, entries }) => (
            <NavGroupList key={title ?? ''} title={title} entries={entries} />
          ))}
        </div>
        <div className="sidebar-foot nav-list">{foot}</div>
        <CloseNavigation />
      </nav>
      {children}
    </div>
  );
}

function NavGroupList({ title, entries }: { title: string | undefined; entries: readonly NavEntry[] }) {
  return (
    <>
      {title && <h2>{title}</h2>}
      {entries.map(({ href, label, icon, count }) => (
        <NavLink key={href} href={href} exact={href.split('/').length < 3} className="nav-item">
          <Icon name={icon} />
          {label}
          {count !== undefined && <span className="nav-count">{count.toLocaleString('en')}</span>}
        </NavLink>
      ))}
    </>
  );
}
