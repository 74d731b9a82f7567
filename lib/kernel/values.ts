const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether `text` is a UUID as PostgreSQL reads it. Any other id is answered like an unknown one, without a query. */
export const isUuid = (text: string): boolean => form.test(text);

/** Whether PostgreSQL can store the date as we write it: the years 1 to 9999, in UTC. */
export function isStorableDate(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** Whether a text or key in the value has U+0000 or a lone surrogate: PostgreSQL refuses both. */
export function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(hasUnstorableText);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => hasUnstorableText(key) || hasUnstorableText(inner));
}

/** More than any rule allows. In UTF-16 code units. */
const normalizedLengthMax = 4096;

/**
 * Returns a text in a Unicode normalization form. A text that is too long for every rule stays unchanged: sorting its combining marks takes
 * time that grows with the square of their number.
 */
export const normalized = (text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string =>
  text.length > normalizedLengthMax ? text : text.normalize(form);
