import type { z } from 'zod';
import { fields, isFieldName, localizableFields, misread, readMetadata } from '#lib/clients/rules';
import type { Issue } from '#lib/errors';
import { clientNames } from './fields.ts';
import { domainPath, isMissing, readBodyIssues, readUnknown, valueAt } from './read-issues.ts';
import { readValue } from './read-new.ts';
import { clientWire } from './wire.ts';
import { ruleOf, wordsOf } from './words.ts';

export type ReadBody = { body: unknown; issues: Issue[] };

/** A body by its schema, or everything that is wrong with it. */
export function readBody(schema: z.ZodObject, sent: object): ReadBody {
  const read = schema.safeParse(sent, { error: wordsOf });
  return read.success ? { body: read.data, issues: [] } : { body: undefined, issues: readBodyIssues(read.error, sent) };
}

/**
 * The members of a client by their schema: those that are sound, and issues in the domain's names and the rule book's words for all
 * others, so that the rule book can judge what is sound together with them.
 */
export function readClientBody(schema: z.ZodObject, sent: object): ReadBody {
  const read = schema.safeParse(sent, { error: wordsOf });
  if (read.success) return { body: read.data, issues: [] };
  const wrong = new Set(
    read.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])],
    ),
  );
  const sound = Object.fromEntries(Object.entries(sent).filter(([name]) => !wrong.has(name)));
  return { body: schema.partial().parse(sound), issues: issuesOf(read.error, sent, schema) };
}

function issuesOf(error: z.ZodError, sent: object, schema: z.ZodObject): Issue[] {
  const judged = new Set<string>();
  return error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys') return unknownOf(issue, sent, schema);
    const [member] = issue.path;
    const field = String(domainPath(issue.path.slice(0, 1)));
    if (judged.has(field)) return [];
    // Of the texts of languages the schema knows more than the rule book: how this API calls them.
    const ofRules = field === 'localized' ? [] : issuesOfRules(field, valueAt(sent, [member ?? '']));
    if (ofRules.length > 0) {
      judged.add(field);
      return ofRules;
    }
    const rule = isFieldName(field) ? fields[field].rule : ruleOf(issue);
    return [misread(domainPath(issue.path) ?? field, isMissing(issue, sent) ? 'required' : rule, issue.message)];
  });
}

const issuesOfRules = (field: string, value: unknown): Issue[] =>
  isFieldName(field) && value !== undefined ? readMetadata({ [field]: readValue(field, value) }, 'refused').issues : [];

function unknownOf(issue: z.core.$ZodIssueUnrecognizedKeys, sent: object, schema: z.ZodObject): Issue[] {
  const inLanguage = issue.path[0] === 'localized';
  const issues = readUnknown(issue, sent, (own) => {
    const name = clientNames[own];
    return (inLanguage ? isLocalizable(own) : Object.hasOwn(schema.shape, name)) ? name : undefined;
  });
  const toRemove = (one: Issue) => !inLanguage && one.message.startsWith('Remove') && isOfClients(one.field.slice(2));
  return issues.map((one) => (toRemove(one) ? { ...one, message: 'Leave it out: it cannot be set here.' } : one));
}

const isOfClients = (name: string) => Object.hasOwn(clientWire.shape, name);
const isLocalizable = (own: string) => localizableFields.some((name) => name === own);
