import type { Scope, Sensitivity } from './rules.ts';

/** What people read of scopes, and the names that it stands for. */
export type ScopeInWords = { names: string[]; title: string; description: string; sensitivity: Sensitivity };

const weights: Record<Sensitivity, number> = { normal: 0, sensitive: 1, restricted: 2 };

/** Scopes as people read them in a language, else in English: those that say the same to a person are one (`create:customers`, `customers:create`). */
export function scopesInWords(scopes: readonly Scope[], language: string): ScopeInWords[] {
  const said = new Map<string, ScopeInWords>();
  for (const { name, texts, sensitivity } of scopes) {
    const { title, description } = texts[language] ?? texts.en ?? { title: name, description: '' };
    const key = `${title}\n${description}`;
    const same = said.get(key);
    if (!same) said.set(key, { names: [name], title, description, sensitivity });
    else {
      same.names.push(name);
      if (weights[sensitivity] > weights[same.sensitivity]) same.sensitivity = sensitivity;
    }
  }
  return [...said.values()];
}

/** Sorts the most sensitive scopes first, otherwise in the catalogue's order. */
export const mostSensitiveFirst = (said: readonly ScopeInWords[]): ScopeInWords[] =>
  said.toSorted((one, other) => weights[other.sensitivity] - weights[one.sensitivity]);
