'use client';

import Link from 'next/link';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './icon.tsx';

type DrawerProps = {
  title: ReactNode;
  /** Below the title. */
  about?: ReactNode;
  /** The address of the list alone; the drawer has its own. */
  back: string;
  children: ReactNode;
  foot?: ReactNode;
};

/** Edits one row while its list stays in sight; on a phone it is the page. Last in a `Sheet`; with a form, around it or inside. */
export function Drawer({ title, about, back, children, foot }: DrawerProps) {
  const id = useId();
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => drawer.current?.focus({ preventScroll: true }), []);
  return (
    <section ref={drawer} tabIndex={-1} aria-labelledby={id} className="drawer">
      <div className="dialog-head">
        <div className="min-w-0">
          <h2 id={id}>{title}</h2>
          {about && <div className="text-sm text-soft">{about}</div>}
        </div>
        <Link
          href={back}
          scroll={false}
          prefetch={false}
          aria-label="Close"
          title="Close"
          className="btn btn-quiet btn-icon"
        >
          <Icon name="x" />
        </Link>
      </div>
      <div className="dialog-body">{children}</div>
      {foot && <div className="dialog-foot">{foot}</div>}
    </section>
  );
}
