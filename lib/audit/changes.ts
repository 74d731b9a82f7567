/** The keys on which two records differ, each with its value before and after; undefined when nothing changed. */
export function changesBetween<T extends Record<string, unknown>>(before: T, after: Partial<T>) {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (keys.length === 0) return undefined;
  const pick = (record: Partial<T>) => Object.fromEntries(keys.map((key) => [key, record[key] ?? null]));
  return { before: pick(before), after: pick(after) };
}
