/**
 * Returns a lookup function that is safe for keys from outside. Indexing an object with such a key also finds inherited properties
 * (`constructor`, `toString`).
 */
export function tableOf<V>(entries: Readonly<Record<string, V>>): (key: unknown) => V | undefined {
  const table = new Map<unknown, V>(Object.entries(entries));
  return (key) => table.get(key);
}
