/** Returns one value per process, shared by both module graphs: the one that Node runs (server.ts) and the one that Next bundles. */
export function once<T>(name: string, make: () => T): T {
  const all = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`clientele.${name}`);
  all[key] ??= make();
  return all[key];
}
