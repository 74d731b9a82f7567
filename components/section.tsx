import { type ReactNode, useId } from 'react';

type SectionProps = { title: ReactNode; lead?: ReactNode; actions?: ReactNode; tone?: 'danger'; children?: ReactNode };

/** A card with an h2. */
export function Section({ title, lead, actions, tone, children }: SectionProps) {
  const id = useId();
  const border = tone === 'danger' ? 'border-danger' : 'border-line';
  return (
    <section aria-labelledby={id} className={`mb-6 rounded-card border bg-surface p-4 sm:p-6 ${border}`}>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h2 id={id} className="text-lg font-semibold [overflow-wrap:anywhere]">
            {title}
          </h2>
          {lead && <div className="mt-1 max-w-prose text-soft [overflow-wrap:anywhere]">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
