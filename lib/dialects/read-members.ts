import type { z } from 'zod';
import { fields, isFieldName, misread } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';

/**
 * Reads each member of a body separately, so that every wrong member is reported: returns the valid values, and an issue for each
 * mistake, with the domain's name if `domainNames` has one. Unknown members are ignored.
 */
export function readMembers<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: object,
  domainNames: ReadonlyMap<string, string>,
) {
  const sent = new Map<string, unknown>(Object.entries(body));
  const values = new Map<string, unknown>();
  const issues: Issue[] = [];
  for (const [member, rule] of Object.entries(schema.shape)) {
    const read = (rule as z.ZodType).safeParse(sent.get(member));
    if (read.success) values.set(member, read.data);
    else
      for (const { path, message } of read.error.issues) {
        const field = domainNames.get(member) ?? member;
        const rule = isFieldName(field) ? fields[field].rule : 'type';
        issues.push(misread([field, ...path].join('.'), sent.has(member) ? rule : 'required', message));
      }
  }
  return { values: Object.fromEntries(values) as Partial<z.infer<z.ZodObject<Shape>>>, issues };
}
