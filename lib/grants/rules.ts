const prefix = 'scope ';

/** The name of the field in a consent form for scopes that the person allows together. */
export const scopeField = (scopes: readonly string[]): string => prefix + scopes.join(' ');

/** The scopes in the field names of a submitted consent form. */
export const scopesOfFields = (names: readonly string[]): string[] =>
  names.flatMap((name) => (name.startsWith(prefix) ? name.slice(prefix.length).split(' ') : []));
