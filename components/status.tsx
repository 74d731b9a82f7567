import type { ReactNode } from 'react';

/** A normal state: a dot and a word. `off` is a hollow dot. What needs a decision is a `Chip`. */
export function Status({ off = false, children }: { off?: boolean; children: ReactNode }) {
  return <span className={off ? 'status status-off' : 'status'}>{children}</span>;
}
