import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'neutral' | 'good' | 'warn' | 'danger' | 'info' | 'accent';

const icons: Record<Tone, IconName> = {
  neutral: 'info',
  good: 'check',
  warn: 'alert',
  danger: 'alert',
  info: 'info',
  accent: 'info',
};

type NoticeProps = {
  tone?: Tone;
  /** The one button or link that mends it. */
  action?: ReactNode;
  children: ReactNode;
};

/** A state of the whole page, with at most one action. */
export function Notice({ tone = 'neutral', action, children }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`}>
      <Icon name={icons[tone]} />
      <div className="fill">{children}</div>
      {action}
    </div>
  );
}
