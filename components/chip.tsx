import type { ReactNode } from 'react';
import type { Tone } from './notice.tsx';

/** What deviates from the normal state, in a word; the colour repeats what the word says. */
export function Chip({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`chip chip-${tone}`}>{children}</span>;
}
