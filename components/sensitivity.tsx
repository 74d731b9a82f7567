import { Badge } from './badge.tsx';

type SensitivityProps = {
  of: 'normal' | 'sensitive' | 'restricted';
  words: Record<'sensitive' | 'restricted', string>;
};

/** A chip beside what an app may do, where it is more than most people expect. */
export function Sensitivity({ of, words }: SensitivityProps) {
  if (of === 'normal') return null;
  return <Badge tone={of === 'sensitive' ? 'warn' : 'danger'}>{words[of]}</Badge>;
}
