import type { Db } from '#db/client';
import { readCatalogue } from './catalogue.ts';
import type { Scope } from './scope.ts';

/** The scopes that may be asked for, in the catalogue's order. */
export async function listScopes(db: Db): Promise<Scope[]> {
  return (await readCatalogue(db)).filter(({ retiredAt }) => retiredAt === null);
}

/** The names that rule M16 accepts. */
export async function scopeNames(db: Db): Promise<ReadonlySet<string>> {
  return new Set((await listScopes(db)).map(({ name }) => name));
}

/** The catalogue's entries for what a client has, in the catalogue's order; retired ones too, names it never had not. */
export async function describeScopes(db: Db, names: readonly string[]): Promise<Scope[]> {
  const wanted = new Set(names);
  return (await readCatalogue(db)).filter(({ name }) => wanted.has(name));
}
