import type { Db } from '#db/client';
import { selectScopes } from '#db/queries/scopes';
import { readConfigured } from '#lib/kernel/configured';
import { closedTo, isRetired, mayAdd, type Scope, splitAsked, withImplied } from './rules.ts';

/** The whole catalogue in its order, including retired scopes. */
export const readCatalogue = (db: Db): Promise<Scope[]> => readConfigured('scopes', db, readScopes);

/** The same without the cache: what a transaction that changes it compares with. */
export async function readScopes(db: Db): Promise<Scope[]> {
  const rows = await selectScopes(db);
  return rows.map(({ formerNames, ...scope }) => ({
    ...scope,
    formerNames: formerNames.map(({ name, acceptedUntil }) => ({ name, acceptedUntil: new Date(acceptedUntil) })),
  }));
}

/** The scopes that may be asked for, in the catalogue's order. */
export async function listScopes(db: Db): Promise<Scope[]> {
  return (await readCatalogue(db)).filter((scope) => !isRetired(scope));
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

/** The same without the cache. */
export async function freshScopeNames(db: Db): Promise<ReadonlySet<string>> {
  return new Set((await readScopes(db)).filter((scope) => !isRetired(scope)).map(({ name }) => name));
}

/** The client that adds scopes, or undefined while a client is being registered. */
type Adding = { clientId?: string; reviewState?: string; scopes?: readonly string[] } | undefined;

/** The names of the scopes that a client may have: those that it may add, and those that it has. And why it may not have the others. */
export async function scopesFor(db: Db, client: Adding): Promise<{ names: Set<string>; closed: Map<string, string> }> {
  const names = new Set<string>();
  const closed = new Map<string, string>();
  for (const scope of await readCatalogue(db)) {
    const { name, openTo, formerNames } = scope;
    for (const former of formerNames) closed.set(former.name, `it is called "${name}" now.`);
    if (isRetired(scope)) closed.set(name, 'it is retired.');
    else if (mayAdd(scope, client ?? {}) || client?.scopes?.includes(name)) names.add(name);
    else closed.set(name, closedTo[openTo]);
  }
  return { names, closed };
}

/** Replaces the former names of scopes that requests may still use, and removes duplicates. Other names stay. */
export async function currentNames(db: Db, names: readonly string[]): Promise<string[]> {
  const now = new Date();
  return renamed(await readCatalogue(db), names, ({ acceptedUntil }) => acceptedUntil > now);
}

/** The same for what was issued before a rename, whatever the date. */
export const namesNow = async (db: Db, names: readonly string[]): Promise<string[]> =>
  renamed(await readCatalogue(db), names, () => true);

type FormerName = Scope['formerNames'][number];

function renamed(catalogue: readonly Scope[], names: readonly string[], counts: (former: FormerName) => boolean) {
  const known = new Map(
    catalogue.flatMap(({ name, formerNames }) => formerNames.filter(counts).map((former) => [former.name, name])),
  );
  return known.size === 0 ? [...names] : [...new Set(names.map((name) => known.get(name) ?? name))];
}

/** Of a client's registered scopes those that still exist, with the scopes that they imply. */
export async function effectiveScopes(db: Db, registered: readonly string[]): Promise<string[]> {
  const active = await listScopes(db);
  const names = new Set(active.map(({ name }) => name));
  return withImplied(
    registered.filter((name) => names.has(name)),
    active,
  );
}

/** The requested scopes with those that they imply, in the order of the request. */
export const requestedScopes = async (db: Db, names: readonly string[]): Promise<string[]> =>
  withImplied(names, await listScopes(db));

/** As `splitAsked`, with the catalogue. */
export const consentTerms = async (db: Db, asked: Parameters<typeof splitAsked>[0]) =>
  splitAsked(asked, await listScopes(db));

/** The scopes of a new client that names none; of a client that acts for itself without those about a person. */
export async function defaultScopes(db: Db, { forPeople }: { forPeople: boolean }): Promise<string[]> {
  const chosen = (await listScopes(db)).filter(
    ({ isDefault, access }) => isDefault && (forPeople || access !== 'identity'),
  );
  return chosen.map(({ name }) => name);
}

/** The first of the names that is a former name which requests may no longer use. */
export async function findFormerName(db: Db, names: readonly string[]): Promise<string | undefined> {
  const former = (await readCatalogue(db)).flatMap(({ formerNames }) => formerNames.map(({ name }) => name));
  return former.length === 0 ? undefined : names.find((name) => former.includes(name));
}

/** Why a request cannot have a scope of this name: what became of it. Undefined for a scope that may be asked for. */
export async function whyNoScope(db: Db, name: string): Promise<string | undefined> {
  const catalogue = await readCatalogue(db);
  const scope = catalogue.find((one) => one.name === name);
  if (scope) return isRetired(scope) ? `the scope ${name} is retired` : undefined;
  const successor = catalogue.find(({ formerNames }) => formerNames.some((former) => former.name === name));
  return successor ? `the scope ${name} is called ${successor.name} now` : `there is no scope ${name} here`;
}
