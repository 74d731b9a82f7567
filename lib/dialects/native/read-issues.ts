import type { z } from 'zod';
import type { Issue } from '#lib/errors';

/** What a schema finds wrong, as issues in this API's names; `place` tells the members of a query or header from those of a body. */
export function readIssues(error: z.ZodError, sent: unknown, place: '' | '?' = ''): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    const path = issue.path.map(String);
    const at = (...rest: string[]) => place + [...path, ...rest].join('.');
    if (issue.code === 'unrecognized_keys') {
      const message = place === '?' ? 'Remove it: there is no such parameter.' : 'Remove it: there is no such member.';
      return issue.keys.map((key) => ({ field: at(key), rule: 'unknown_member', message }));
    }
    if (issue.code === 'invalid_type' && !isThere(sent, path))
      return [{ field: at(), rule: 'required', message: 'Send it: it is required.' }];
    return [{ field: at(), rule: 'shape', message: issue.message }];
  });
}

function isThere(sent: unknown, path: readonly string[]): boolean {
  let at = sent;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return at !== undefined;
}
