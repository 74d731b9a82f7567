import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'good' | 'warn' | 'danger' | 'accent';

const tones: Record<Tone, string> = {
  neutral: 'border-line bg-sunken text-ink',
  good: 'border-good bg-good-tint text-good',
  warn: 'border-warn bg-warn-tint text-warn',
  danger: 'border-danger bg-danger-tint text-danger',
  accent: 'border-accent bg-tint text-ink',
};

/** A message in the page. */
export function Notice({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <div className={`rounded-control border-l-4 px-4 py-3 ${tones[tone]}`}>{children}</div>;
}
