import { type ReactNode, useId } from 'react';

type SectionProps = {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  tone?: 'danger';
  /** In a box: what changes together. Never a box in a box. */
  panel?: boolean;
  children?: ReactNode;
};

/** A part of a page with a heading of the second level. */
export function Section({ title, lead, actions, tone, panel, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`section${tone === 'danger' ? ' section-danger' : ''}${panel ? ' panel panel-part' : ''}`}
    >
      <div className="section-head">
        <div className="min-w-0">
          <h2 id={id} className="[overflow-wrap:anywhere]">
            {title}
          </h2>
          {lead && <div className="section-lead [overflow-wrap:anywhere]">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
