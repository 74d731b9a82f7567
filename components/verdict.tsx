import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

const looks: Record<'good' | 'warn' | 'danger', { icon: IconName; color: string }> = {
  good: { icon: 'check', color: 'text-good' },
  warn: { icon: 'alert', color: 'text-warn' },
  danger: { icon: 'alert', color: 'text-bad' },
};

type VerdictProps = {
  /** Named by the `aria-describedby` of the control. */
  id?: string;
  tone: keyof typeof looks;
  children: ReactNode;
  /** The button that mends it. */
  fix?: ReactNode;
};

/** What a rule says about the value above, with the fix in the same row. */
export function Verdict({ id, tone, children, fix }: VerdictProps) {
  const { icon, color } = looks[tone];
  return (
    <div id={id} role="status" className={`verdict ${color}`}>
      <Icon name={icon} />
      <span className="fill">{children}</span>
      {fix}
    </div>
  );
}
