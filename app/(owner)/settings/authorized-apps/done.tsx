import type { ReactNode } from 'react';
import { Notice } from '#components/notice';

/** What became of taking something back; `ended` is how many tokens died, as the address has it; `many` when they were not counted. */
export function Done({ ended, children }: { ended: string; children: ReactNode }) {
  if (!/^(\d{1,9}|many)$/.test(ended)) return null;
  return (
    <div role="status" className="mb-6">
      <Notice tone="good">
        {children} {ended === 'many' ? 'Its tokens ended.' : deadTokens(Number(ended))}
      </Notice>
    </div>
  );
}

function deadTokens(count: number): string {
  if (count === 0) return 'There was no live token to end.';
  return count === 1 ? '1 token ended.' : `${count} tokens ended.`;
}
