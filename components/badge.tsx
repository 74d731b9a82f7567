import type { ReactNode } from 'react';
import type { Tone } from './notice.tsx';

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink',
  good: 'bg-good-tint text-good',
  warn: 'bg-warn-tint text-warn',
  danger: 'bg-danger-tint text-danger',
  accent: 'bg-tint text-accent',
};

/** A state in one word; the colour only repeats the word. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center rounded-full px-2 py-0.5 text-sm font-medium whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
