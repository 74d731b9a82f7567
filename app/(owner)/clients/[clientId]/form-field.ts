import { tableOf } from '#lib/kernel/table';

/** A control of a client's form as people read it, in a conflict and where they may only look. */
export type FormField = {
  name: string;
  label: string;
  /** Its texts in words; without it they stand one a line. */
  say?: (texts: readonly string[]) => string;
  /** What stands for no text at all. */
  none?: string;
  /** Texts to be read exactly. */
  exact?: boolean;
};

/** One of several, or several of them, in the words for each. */
export const inWords = (words: Record<string, string | { label: string }>) => {
  const wordFor = tableOf(words);
  return (texts: readonly string[]) =>
    texts
      .map((text) => wordFor(text) ?? text)
      .map((word) => (typeof word === 'string' ? word : word.label))
      .join(', ');
};
