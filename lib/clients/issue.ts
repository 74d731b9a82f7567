import type { Issue } from '#lib/errors';

/** A broken rule: what was sent is refused until it is fixed. */
export function refusal(field: string, rule: string, message: string): Issue {
  return { field, rule, message, severity: 'error' };
}

/** A finding: accepted, shown to the developer, counted in the health score. */
export function finding(field: string, rule: string, message: string): Issue {
  return { field, rule, message, severity: 'warning' };
}

/** The issues that stand in the way; findings do not. */
export function refusalsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter((issue) => issue.severity !== 'warning');
}
