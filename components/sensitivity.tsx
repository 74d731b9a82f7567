import { Badge } from './badge.tsx';

type SensitivityProps = {
  of: 'normal' | 'sensitive' | 'restricted';
  /** People read only of the second (`restricted`). */
  words: { sensitive?: string; restricted: string };
};

/** A chip beside what an app may do, where it is more than most people expect. */
export function Sensitivity({ of, words }: SensitivityProps) {
  const word = of === 'normal' ? undefined : words[of];
  return word === undefined ? null : <Badge tone={of === 'sensitive' ? 'warn' : 'danger'}>{word}</Badge>;
}
