import { mostSensitiveFirst, type Scope, type ScopeInWords, scopesInWords } from '#lib/scopes/index';

type AskedScope = { name: string; optional: boolean; implied: boolean; allowedBefore: boolean };

export type Permission = ScopeInWords & { before: boolean };
export type Permissions = { required: Permission[]; optional: Permission[]; count: number; farReaching: number };

/** Returns the requested scopes in words, new and restricted ones first, and their numbers. */
export function permissionsOf(asked: readonly AskedScope[], scopes: readonly Scope[], language: string): Permissions {
  const before = new Set(asked.filter(({ allowedBefore }) => allowedBefore).map(({ name }) => name));
  const inWords = (optional: boolean): Permission[] => {
    const group = asked.filter((one) => one.optional === optional);
    const inGroup = new Set(group.map(({ name }) => name));
    const impliedThere = new Set(scopes.filter(({ name }) => inGroup.has(name)).flatMap(({ implies }) => implies));
    // What a person cannot choose for itself is part of the line that implies it.
    const isPart = (one: AskedScope) => (one.implied || !optional) && impliedThere.has(one.name);
    const names = new Set(group.filter((one) => !isPart(one)).map(({ name }) => name));
    const inOneLanguage = scopesInWords(
      scopes.filter(({ name }) => names.has(name)),
      language,
    );
    return mostSensitiveFirst(inOneLanguage)
      .map((one) => ({ ...one, before: one.names.every((name) => before.has(name)) }))
      .toSorted((one, other) => Number(one.before) - Number(other.before));
  };
  const [required, optional] = [inWords(false), inWords(true)];
  const all = [...required, ...optional];
  const farReaching = all.filter(({ sensitivity }) => sensitivity === 'restricted').length;
  return { required, optional, count: all.length, farReaching };
}
