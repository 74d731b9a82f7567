import type { Issue } from '#lib/errors';
import type { ClientMetadata } from './client.ts';
import { refusalsOf } from './issue.ts';
import { judgeMetadata, type MetadataRules } from './metadata.ts';

/**
 * What stands in the way of an edit: every rule that the result breaks, except where the stored client broke it already with
 * the same value (it came by a channel with other rules). A finding of before excuses nothing.
 */
export function judgeEdit(before: ClientMetadata, after: ClientMetadata, rules: MetadataRules): Issue[] {
  const known = new Set(refusalsOf(judgeMetadata(before, rules)).map((issue) => identityOf(issue, before)));
  return refusalsOf(judgeMetadata(after, rules)).filter((issue) => !known.has(identityOf(issue, after)));
}

/** The rule, the member and the text that breaks it, wherever in its list that text stands. */
function identityOf({ field, rule, message }: Issue, metadata: ClientMetadata): string {
  const value = field.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], metadata);
  const member = field.replace(/\.\d+$/, '');
  return JSON.stringify(typeof value === 'string' ? [member, rule, value] : [member, rule, message]);
}
