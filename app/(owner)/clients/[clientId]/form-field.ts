import { tableOf } from '#lib/kernel/table';

/** A control of a client's form in words, for conflicts and for people who may not edit. */
export type FormField = {
  name: string;
  label: string;
  /** Returns its values in words; without it they are shown one for each line. */
  describe?: (texts: readonly string[]) => string;
  /** The words for no value. */
  none?: string;
  /** Values that are shown in monospace. */
  exact?: boolean;
};

/** Returns the words of chosen options. */
export const inWords = (words: Record<string, string | { label: string }>) => {
  const wordFor = tableOf(words);
  return (texts: readonly string[]) =>
    texts
      .map((text) => wordFor(text) ?? text)
      .map((word) => (typeof word === 'string' ? word : word.label))
      .join(', ');
};
