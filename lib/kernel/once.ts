/** One value per process, for both module graphs: the one Node runs (server.ts) and the one Next bundles. */
export function once<T>(name: string, make: () => T): T {
  const all = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`clientele.${name}`);
  all[key] ??= make();
  return all[key];
}
