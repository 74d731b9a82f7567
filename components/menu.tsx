import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { Icon, type IconName } from './icon.tsx';

type MenuProps = {
  /** The word on its button, or the button's name when it shows only an icon. */
  label: string;
  icon?: IconName;
  iconOnly?: boolean;
  children: ReactNode;
};

/** A few links or buttons behind one button. A popover, so it opens without a script; Escape and a click outside close it. */
export function Menu({ label, icon, iconOnly = false, children }: MenuProps) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={iconOnly ? label : undefined}
        className={iconOnly ? 'btn btn-quiet btn-icon' : 'btn'}
      >
        {icon && <Icon name={icon} />}
        {!iconOnly && label}
        {!iconOnly && <Icon name="down" />}
      </button>
      <div id={id} popover="auto" className="menu">
        {children}
      </div>
    </>
  );
}

type MenuLinkProps = { href: string; icon?: IconName; current?: boolean; danger?: boolean; children: ReactNode };

export function MenuLink({ href, icon, current, danger, children }: MenuLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'true' : undefined}
      className={danger ? 'menu-item menu-item-danger' : 'menu-item'}
    >
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}
