/**
 * Looks up what stands under a key that somebody else chose. An object indexed by such a key also answers what every object
 * inherits (`constructor`, `toString`).
 */
export function tableOf<V>(entries: Readonly<Record<string, V>>): (key: unknown) => V | undefined {
  const table = new Map<unknown, V>(Object.entries(entries));
  return (key) => table.get(key);
}
