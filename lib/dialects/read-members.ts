import type { z } from 'zod';
import { fields, isFieldName, misread } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';

/** Makes an issue of what is wrong with the value of a member; `sent` is false for a member that is missing. */
type MakeIssue = (field: string, message: string, at: { domainName: string; sent: boolean }) => Issue;

/**
 * Reads each member of a body separately, so that every wrong member is reported: returns the valid values, and an issue for each
 * mistake, with the domain's name if `domainNames` has one. Unknown members are ignored.
 */
export function readMembers<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: object,
  domainNames: ReadonlyMap<string, string>,
  makeIssue: MakeIssue = byTypeOfField,
) {
  const sent = new Map<string, unknown>(Object.entries(body));
  const values = new Map<string, unknown>();
  const issues: Issue[] = [];
  for (const [member, rule] of Object.entries(schema.shape)) {
    const read = (rule as z.ZodType).safeParse(sent.get(member));
    if (read.success) values.set(member, read.data);
    else
      for (const { path, message } of read.error.issues) {
        const domainName = domainNames.get(member) ?? member;
        issues.push(makeIssue([domainName, ...path].join('.'), message, { domainName, sent: sent.has(member) }));
      }
  }
  return { values: Object.fromEntries(values) as Partial<z.infer<z.ZodObject<Shape>>>, issues };
}

const byTypeOfField: MakeIssue = (field, message, { domainName, sent }) => {
  const rule = isFieldName(domainName) ? fields[domainName].rule : 'type';
  return misread(field, sent ? rule : 'required', message);
};
