import { useId } from 'react';
import { initials } from './client-logo.tsx';
import { Icon } from './icon.tsx';
import { MenuLink } from './menu.tsx';

type SwitcherProps = {
  /** What is switched: "Organization". */
  label: string;
  current: string;
  others: readonly { href: string; name: string }[];
};

/** The organization, or the app, that the navigation below is about; not there without a choice. */
export function Switcher({ label, current, others }: SwitcherProps) {
  const id = useId();
  if (others.length === 0) return null;
  return (
    <>
      <button type="button" popoverTarget={id} className="switcher">
        <span aria-hidden="true" className="avatar rounded-control">
          {initials(current)}
        </span>
        <span className="truncate">
          <span className="sr-only">{label}: </span>
          {current}
        </span>
        <Icon name="updown" className="ml-auto" />
      </button>
      <div id={id} popover="auto" className="menu">
        {others.map(({ href, name }) => (
          <MenuLink key={href} href={href}>
            <span className="truncate">{name}</span>
          </MenuLink>
        ))}
      </div>
    </>
  );
}
