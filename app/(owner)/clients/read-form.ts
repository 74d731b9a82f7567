/** The text of a control, '' when the form has none of that name. */
export function line(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The texts of a control that is there several times; empty ones count for nothing. */
export function lines(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value): value is string => typeof value === 'string' && value !== '');
}

/** The same without the spaces around them, where spaces mean nothing. */
export const trimmedLines = (form: FormData, name: string): string[] =>
  lines(form, name)
    .map((text) => text.trim())
    .filter((text) => text !== '');

export const isTicked = (form: FormData, name: string): boolean => form.has(name);

/** An address, or null for an emptied control. */
export const address = (form: FormData, name: string): string | null => line(form, name).trim() || null;
