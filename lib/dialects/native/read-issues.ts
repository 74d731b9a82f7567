import type { z } from 'zod';
import { misread, refusal, remediesOf, unknownMember } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { clientNames } from './fields.ts';
import { ruleOf } from './words.ts';

/** What a schema finds wrong with a query, each issue under the parameter's name behind `?`. */
export function readQueryIssues(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => refusal(`?${key}`, 'unknown_member', 'Remove it: there is no such parameter.'));
    return [refusal(`?${issue.path.join('.')}`, ruleOf(issue), issue.message)];
  });
}

/** What a schema finds wrong with a body, each issue under the member's name. */
export function readBodyIssues(error: z.ZodError, sent: unknown): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys') return readUnknown(issue, sent, () => undefined);
    return [misread(issue.path.join('.'), isMissing(issue, sent) ? 'required' : ruleOf(issue), issue.message)];
  });
}

/**
 * Members that a body may not have. `nameOf` is what a field is called there, undefined where it has no such field; a member that
 * clients have but this operation does not set is told from one that is not there.
 */
export function readUnknown(
  { keys, path }: z.core.$ZodIssueUnrecognizedKeys,
  sent: unknown,
  nameOf: Parameters<typeof remediesOf>[2],
): Issue[] {
  const around = valueAt(sent, path);
  return keys.flatMap((key) => {
    const remedies = remediesOf(key, (around as Record<string, unknown> | undefined)?.[key], nameOf);
    // Of the texts of a language it is not the client's own that was meant.
    return remedies.map(({ path: at, message, meant }) =>
      unknownMember([...path.map(String), ...at], message, path.length === 0 ? meant : undefined),
    );
  });
}

export const isMissing = (issue: z.core.$ZodIssue, sent: unknown): boolean =>
  issue.code === 'invalid_type' && valueAt(sent, issue.path) === undefined;

export function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, part)
        ? (at as Record<PropertyKey, unknown>)[part]
        : undefined,
    sent,
  );
}

const domainNames: ReadonlyMap<string, string> = new Map([
  ...Object.entries(clientNames).map(([field, wire]) => [wire, field] as const),
  ['product_id', 'productId'],
]);

/** The domain's name of a member of a client and of the way into it; undefined for a member that clients do not have. */
export function domainPath([first = '', ...rest]: readonly PropertyKey[]): string | undefined {
  const field = domainNames.get(String(first));
  if (field === undefined) return undefined;
  const inner = rest.map((part, at) => (field === 'localized' && at === 1 ? domainNames.get(String(part)) : part));
  return [field, ...inner].join('.');
}
