const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether PostgreSQL would take `text` for a uuid; any other id is answered as an unknown one, without a query. */
export const isUuid = (text: string): boolean => form.test(text);

/** Whether it is a moment that PostgreSQL takes as we write it: the years 1 to 9999, in UTC. */
export function isMoment(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** U+0000 and lone surrogates in any text or key: PostgreSQL refuses both. */
export function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(hasUnstorableText);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => hasUnstorableText(key) || hasUnstorableText(inner));
}
