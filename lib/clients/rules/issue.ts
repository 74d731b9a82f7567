import type { Issue } from '#lib/kernel/errors';

/** A broken rule: what was sent is refused until it is fixed. */
export function refusal(field: string, rule: string, message: string): Issue {
  return { field, rule, message, severity: 'error' };
}

/** A refusal of a member whose value could not be read: no rule that reads the member is asked about it. */
export function misread(field: string, rule: string, message: string): Issue {
  return { ...refusal(field, rule, message), misread: true };
}

/**
 * A refusal of a member that this channel does not have: its field is a JSON Pointer (RFC 6901) to it as it was sent, in no vocabulary of
 * ours. `meant` is the field that it was sent for, where that is known.
 */
export function unknownMember(path: readonly string[], message: string, meant?: string): Issue {
  const pointer = path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { ...refusal(`#${pointer}`, 'unknown_member', message), ...(meant !== undefined && { meant }) };
}

/** The way into the body that such a field is; undefined for a field of the domain. */
export function pathOfUnknown(field: string): string[] | undefined {
  if (!field.startsWith('#/')) return undefined;
  return field
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The remedy and the rule behind it, for answers that have no place of its own for the rule's id. */
export const remedyWithRule = ({ rule, message }: Pick<Issue, 'rule' | 'message'>): string =>
  /^[A-Z]\d{1,2}$/.test(rule) ? `${message} (${rule})` : message;

/** The members that could not be read, or were sent by another name. */
export function misreadFields(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.meant !== undefined) return [issue.meant];
    return issue.misread ? [issue.field.split('.')[0] ?? issue.field] : [];
  });
}

/** One issue a mistake: a member that was sent by another name is not missing as well. */
export function withoutRepeated(issues: readonly Issue[]): Issue[] {
  const meant = new Set(issues.map((issue) => issue.meant));
  return issues.filter(({ rule, field }) => rule !== 'required' || !meant.has(field));
}

/** A finding: accepted, shown to the developer, counted in the health score. */
export function finding(field: string, rule: string, message: string): Issue {
  return { field, rule, message, severity: 'warning' };
}

/** The issues that stand in the way; findings do not. */
export function refusalsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter((issue) => issue.severity !== 'warning');
}
