import { textIn, textsIn } from '#lib/portal/forms';

export { textIn as line } from '#lib/portal/forms';

/** Returns the non-empty values of a control that exists several times. */
export const lines = (form: FormData, name: string): string[] => textsIn(form, name).filter((text) => text !== '');

/** As above, trimmed. */
export const trimmedLines = (form: FormData, name: string): string[] =>
  lines(form, name)
    .map((text) => text.trim())
    .filter((text) => text !== '');

export const isTicked = (form: FormData, name: string): boolean => textsIn(form, name).length > 0;

/** Returns a URL, or null for an empty control. */
export const address = (form: FormData, name: string): string | null => textIn(form, name).trim() || null;
