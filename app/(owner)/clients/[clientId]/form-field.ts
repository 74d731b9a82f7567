/** A control of a client's form as people read it, in a conflict and where they may only look. */
export type FormField = {
  name: string;
  label: string;
  /** One of its texts in words; without it the text itself. */
  word?: (text: string) => string;
  /** What stands for no text at all. */
  none?: string;
  /** Texts to be read exactly. */
  exact?: boolean;
};
