import type { z } from 'zod';
import { misread } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { tableOf } from '#lib/table';
import { members } from './members.ts';

const wireNames = Object.fromEntries(Object.entries(members).map(([field, { name }]) => [field, name]));

/** This API's names of the domain's fields. */
export const wireName = tableOf<string>(wireNames);

const domainNames = new Map(Object.entries(wireNames).map(([domain, wire]) => [wire, domain]));

/**
 * Reads each member by itself, so that one wrong field hides no other: the values that are right, and an issue, in the
 * domain's name, for each thing that is wrong. Unknown members are ignored.
 */
export function readMembers<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, body: object) {
  const sent = new Map<string, unknown>(Object.entries(body));
  const values = new Map<string, unknown>();
  const issues: Issue[] = [];
  for (const [member, rule] of Object.entries(schema.shape)) {
    const read = (rule as z.ZodType).safeParse(sent.get(member));
    if (read.success) values.set(member, read.data);
    else
      for (const { path, message } of read.error.issues)
        issues.push(issueOf([domainNames.get(member) ?? member, ...path].join('.'), message));
  }
  return { values: Object.fromEntries(values) as Partial<z.infer<z.ZodObject<Shape>>>, issues };
}

function issueOf(field: string, coded: string): Issue {
  const [rule = '', message = ''] = coded.split(/: (.*)/s);
  return misread(field, rule, message);
}
