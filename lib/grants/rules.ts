const prefix = 'scope ';

/** The name of a consent form's field for scopes that are allowed together. */
export const scopeField = (scopes: readonly string[]): string => prefix + scopes.join(' ');

/** The scopes that the fields of a sent consent form name. */
export const scopesOfFields = (names: readonly string[]): string[] =>
  names.flatMap((name) => (name.startsWith(prefix) ? name.slice(prefix.length).split(' ') : []));
