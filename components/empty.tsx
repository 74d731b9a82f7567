import type { ReactNode } from 'react';

/** Shown in place of an empty list: the reason, and the next act. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty-box">
      <h2>{title}</h2>
      {children && <div className="text">{children}</div>}
      {action && <div className="acts flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
