import { textIn, textsIn } from '#lib/portal/forms';

export { textIn as line } from '#lib/portal/forms';

/** The texts of a control that is there several times; empty ones count for nothing. */
export const lines = (form: FormData, name: string): string[] => textsIn(form, name).filter((text) => text !== '');

/** The same without the spaces around them, where spaces mean nothing. */
export const trimmedLines = (form: FormData, name: string): string[] =>
  lines(form, name)
    .map((text) => text.trim())
    .filter((text) => text !== '');

export const isTicked = (form: FormData, name: string): boolean => textsIn(form, name).length > 0;

/** An address, or null for an emptied control. */
export const address = (form: FormData, name: string): string | null => textIn(form, name).trim() || null;
