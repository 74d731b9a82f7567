/** U+0000 and lone surrogates in any text or key: PostgreSQL refuses both. */
export function hasUnkeepableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(hasUnkeepableText);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => hasUnkeepableText(key) || hasUnkeepableText(inner));
}
