import type { Issue } from '#lib/kernel/errors';

/** A broken rule: the request is refused. */
export function refusal(field: string, rule: string, message: string): Issue {
  return { field, rule, message, severity: 'error' };
}

/** A refusal of a value that could not be read. Rules that read the field are skipped. */
export function misread(field: string, rule: string, message: string): Issue {
  return { ...refusal(field, rule, message), misread: true };
}

/**
 * A refusal of a member that this channel does not have. `field` is `#` and a JSON Pointer (RFC 6901) to the member as it was sent.
 * `meant` is the field that the sender probably meant, if known.
 */
export function unknownMember(path: readonly string[], message: string, meant?: string): Issue {
  const pointer = path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { ...refusal(`#${pointer}`, 'unknown_member', message), ...(meant !== undefined && { meant }) };
}

/** Returns the path in the body for the `field` of an unknown member; undefined for a field of the domain. */
export function pathOfUnknown(field: string): string[] | undefined {
  if (!field.startsWith('#/')) return undefined;
  return field
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Returns the message with the rule's id, for APIs whose errors have no member for the id. */
export const remedyWithRule = ({ rule, message }: Pick<Issue, 'rule' | 'message'>): string =>
  /^[A-Z]\d{1,2}$/.test(rule) ? `${message} (${rule})` : message;

/** Returns the fields that could not be read or were sent by another name. */
export function unreadableFields(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.meant !== undefined) return [issue.meant];
    return issue.misread ? [issue.field.split('.')[0] ?? issue.field] : [];
  });
}

/** Removes the issue "required" for a field that was sent by another name: one mistake, one issue. */
export function withoutDuplicates(issues: readonly Issue[]): Issue[] {
  const meant = new Set(issues.map((issue) => issue.meant));
  return issues.filter(({ rule, field }) => rule !== 'required' || !meant.has(field));
}

/** A warning: the value is accepted, and the developer sees the issue in the portal. */
export function finding(field: string, rule: string, message: string): Issue {
  return { field, rule, message, severity: 'warning' };
}

/** Returns the issues that block the request; findings do not. */
export function refusalsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter((issue) => issue.severity !== 'warning');
}
