import type { Scope } from './scope.ts';

/** What people read of scopes, and the names that it stands for. */
export type ScopeInWords = { names: string[]; title: string; description: string };

/** Scopes as people read them in a language, else in English: those that say the same to a person are one (`create:customers`, `customers:create`). */
export function scopesInWords(scopes: readonly Scope[], language: string): ScopeInWords[] {
  const said = new Map<string, ScopeInWords>();
  for (const { name, texts } of scopes) {
    const { title, description } = texts[language] ?? texts.en ?? { title: name, description: '' };
    const key = `${title}\n${description}`;
    const same = said.get(key);
    if (same) same.names.push(name);
    else said.set(key, { names: [name], title, description });
  }
  return [...said.values()];
}
