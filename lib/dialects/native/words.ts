import type { z } from 'zod';
import { tableOf } from '#lib/kernel/table';

const types = tableOf({
  string: 'Send a text.',
  number: 'Send a whole number.',
  int: 'Send a whole number.',
  boolean: 'Send true or false.',
  array: 'Send a list.',
  object: 'Send an object.',
  record: 'Send an object.',
});

/** The message for an invalid value, if the schema has none; never the library's own message. */
export function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Send it: it is required.' : (types(issue.expected) ?? 'Send another value.');
    case 'too_big':
      return limitOf(issue.origin, `at most ${issue.maximum}`);
    case 'too_small':
      return limitOf(issue.origin, `at least ${issue.minimum}`);
    case 'invalid_value':
      return `Choose ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}.`;
    case 'unrecognized_keys':
      return 'Remove it: there is no such member.';
    default:
      return 'Send another value.';
  }
}

function limitOf(origin: string, limit: string): string {
  if (origin === 'string') return `Send a text of ${limit} characters.`;
  if (origin === 'array' || origin === 'set') return `Send ${limit}.`;
  return `Send a whole number of ${limit}.`;
}

/** A short, stable code for a mistake that breaks no rule of the rule book. */
export function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'type';
    case 'too_big':
    case 'too_small':
      return issue.origin === 'string' ? 'length' : issue.origin === 'array' ? 'count' : 'range';
    case 'invalid_value':
      return 'choice';
    default:
      return 'format';
  }
}
