import type { Issue } from '#lib/kernel/errors';
import { finding, refusal } from './issue.ts';

export const scopeCountMax = 100;
export const scopeLengthMax = 128;

/** RFC 6749 §3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`. */
export function isScopeToken(text: string): boolean {
  return /^[!#-[\]-~]+$/.test(text) && text.length <= scopeLengthMax;
}

/** Splits a space-separated scope string into tokens, without duplicates, in order. The tokens are not checked. */
export function readScopeString(text: string): string[] {
  return [...new Set(text.split(' ').filter((token) => token !== ''))];
}

type ScopeOptions = {
  field?: string;
  catalogue?: ReadonlySet<string> | undefined;
  /** Why the client cannot have a scope that exists or existed. */
  closed?: ReadonlyMap<string, string> | undefined;
  unknown?: 'refused' | 'dropped';
};

/** Rule M16: each token has the right syntax and is in the catalogue. Without a catalogue only the syntax is checked. */
export function judgeScopes(scopes: readonly string[], options: ScopeOptions = {}): Issue[] {
  const { field = 'scopes', catalogue, closed, unknown = 'refused' } = options;
  if (scopes.length > scopeCountMax) return [refusal(field, 'M16', `Ask for at most ${scopeCountMax} scopes.`)];
  return scopes.flatMap((scope, index) => {
    const at = `${field}.${index}`;
    if (!isScopeToken(scope)) {
      return [
        refusal(at, 'M16', `Use 1 to ${scopeLengthMax} ASCII characters without space, quotation mark or backslash.`),
      ];
    }
    if (catalogue === undefined || catalogue.has(scope)) return [];
    if (unknown === 'dropped') return [finding(at, 'M16', `"${scope}" is not in the catalogue and was left out.`)];
    return [refusal(at, 'M16', `Remove "${scope}": ${closed?.get(scope) ?? 'it is not in the catalogue.'}`)];
  });
}

/** Rule M16: every optional scope is one of the client's scopes, and `openid` is never optional: sign-in needs it. */
export function judgeOptionalScopes(optional: readonly string[], scopes: readonly string[]): Issue[] {
  return optional.flatMap((scope, index) => {
    const at = `optionalScopes.${index}`;
    if (scope === 'openid') return [refusal(at, 'M16', 'Remove "openid": nobody can sign in and decline to.')];
    return scopes.includes(scope) ? [] : [refusal(at, 'M16', 'Remove it, or ask for it: it is not among the scopes.')];
  });
}

/** Splits scopes into known and unknown ones, for channels that drop and report the unknown. */
export function splitScopes(
  scopes: readonly string[],
  catalogue: ReadonlySet<string>,
): { known: string[]; unknown: string[] } {
  return {
    known: scopes.filter((scope) => catalogue.has(scope)),
    unknown: scopes.filter((scope) => !catalogue.has(scope)),
  };
}
