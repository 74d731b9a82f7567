import type { ReactNode } from 'react';

/** At most four numbers in a row. */
export const Stats = ({ children }: { children: ReactNode }) => <dl className="panel stats">{children}</dl>;

type StatProps = {
  label: string;
  value: string;
  /** Against the time before: "+38", "↓ 0.08". */
  change?: string;
  /** A small `Chart`. */
  children?: ReactNode;
};

export function Stat({ label, value, change, children }: StatProps) {
  return (
    <div className="stat">
      <dt>{label}</dt>
      <dd>
        <div className="stat-value">
          {value} {change && <small>{change}</small>}
        </div>
        {children}
      </dd>
    </div>
  );
}
