import type { ReactNode } from 'react';
import { Notice } from '#components/notice';

/** What became of taking something back; `ended`, as the address has it, is how many tokens died, `many` when they were not counted: 0 where it had no access just then. */
export function Done({ ended, children }: { ended: string; children: ReactNode }) {
  if (!/^(\d{1,9}|many)$/.test(ended)) return null;
  return (
    <div role="status" className="mb-6">
      <Notice tone="good">
        {children} {Number(ended) === 0 ? 'It was not connected just then.' : 'It was disconnected at once.'}
      </Notice>
    </div>
  );
}
