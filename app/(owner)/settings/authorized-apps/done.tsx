import type { ReactNode } from 'react';
import { Notice } from '#components/notice';

/** The result of a revocation. `ended` is the number of ended tokens in the URL: `many` if they were not counted, 0 if there were none. */
export function Done({ ended, children }: { ended: string; children: ReactNode }) {
  if (!/^(\d{1,9}|many)$/.test(ended)) return null;
  return (
    <div role="status" className="mb-6">
      <Notice tone="good">
        {children} {Number(ended) === 0 ? 'It was not connected at that time.' : 'It was disconnected at once.'}
      </Notice>
    </div>
  );
}
