import { Chip } from './chip.tsx';

type SensitivityProps = {
  of: 'normal' | 'sensitive' | 'restricted';
  /** Only `restricted` has a text for people. */
  words: { sensitive?: string; restricted: string };
};

/** A chip next to a permission that reaches further than most people expect. */
export function Sensitivity({ of, words }: SensitivityProps) {
  const word = of === 'normal' ? undefined : words[of];
  return word === undefined ? null : <Chip tone={of === 'sensitive' ? 'warn' : 'danger'}>{word}</Chip>;
}
