import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

type SheetProps = {
  title: ReactNode;
  lead?: ReactNode;
  /** Buttons that belong to the whole page, or when it was made. */
  actions?: ReactNode;
  back?: { href: string; label: string };
  /** One column, for forms. */
  narrow?: boolean;
  children?: ReactNode;
};

/** The main part of a page in the `Shell`: its one h1 and what stands under it. */
export function Sheet({ title, lead, actions, back, narrow = false, children }: SheetProps) {
  return (
    <main id="main" tabIndex={-1}>
      <div className={narrow ? 'sheet-page narrow' : 'sheet-page'}>
        <div className="head">
          {back && (
            <Link href={back.href} className="iconed tap w-fit text-sm">
              <Icon name="left" />
              {back.label}
            </Link>
          )}
          <div className="head-line">
            <h1>{title}</h1>
            {actions && <div className="head-actions flex items-center gap-2 text-sm text-soft">{actions}</div>}
          </div>
          {lead && <div className="lead [overflow-wrap:anywhere]">{lead}</div>}
        </div>
        {children}
      </div>
    </main>
  );
}
