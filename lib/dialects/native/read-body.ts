import { z } from 'zod';
import {
  fields,
  isFieldName,
  localizableFields,
  misread,
  readMetadata,
  refusal,
  remediesOf,
  unknownMember,
} from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { clientNames } from './fields.ts';
import { readValue } from './read.ts';
import { clientWire } from './wire.ts';
import { ruleOf, wordsOf } from './words.ts';

export type ReadBody = { body: unknown; issues: Issue[] };

/** Reads a body by its schema; returns all issues if it is invalid. */
export function readBody(schema: z.ZodObject, sent: object): ReadBody {
  const read = schema.safeParse(sent, { error: wordsOf });
  return read.success ? { body: read.data, issues: [] } : { body: undefined, issues: readBodyIssues(read.error, sent) };
}

/**
 * Reads the members of a client by their schema: the valid ones, and issues with the domain's names and the rule book's texts for all
 * others. The rule book then checks the valid ones and adds its issues.
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
    // For localized texts the schema's issue is kept, because it has this API's names.
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

/** The issues of a query; each has the parameter's name after `?`. */
export function readQueryIssues(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => refusal(`?${key}`, 'unknown_member', 'Remove it: there is no such parameter.'));
    return [refusal(`?${issue.path.join('.')}`, ruleOf(issue), issue.message)];
  });
}

/** The issues of a body; each has the member's name. */
function readBodyIssues(error: z.ZodError, sent: unknown): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys') return readUnknown(issue, sent, () => undefined);
    return [misread(issue.path.join('.'), isMissing(issue, sent) ? 'required' : ruleOf(issue), issue.message)];
  });
}

/**
 * Issues for unknown members. `nameOf` returns the name of a field in this body, or undefined if the body has no such field. A client's
 * member that this operation cannot set gets another message than an unknown one.
 */
function readUnknown(
  { keys, path }: z.core.$ZodIssueUnrecognizedKeys,
  sent: unknown,
  nameOf: Parameters<typeof remediesOf>[2],
): Issue[] {
  const around = valueAt(sent, path);
  return keys.flatMap((key) => {
    const remedies = remediesOf(key, (around as Record<string, unknown> | undefined)?.[key], nameOf);
    // Only for the client itself is it known which member was meant, not for localized texts.
    return remedies.map(({ path: at, message, meant }) =>
      unknownMember([...path.map(String), ...at], message, path.length === 0 ? meant : undefined),
    );
  });
}

const isMissing = (issue: z.core.$ZodIssue, sent: unknown): boolean =>
  issue.code === 'invalid_type' && valueAt(sent, issue.path) === undefined;

function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
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

/** The domain's path of a client's member; undefined for a member that clients do not have. */
function domainPath([first = '', ...rest]: readonly PropertyKey[]): string | undefined {
  const field = domainNames.get(String(first));
  if (field === undefined) return undefined;
  const inner = rest.map((part, at) => (field === 'localized' && at === 1 ? domainNames.get(String(part)) : part));
  return [field, ...inner].join('.');
}

type Kind = 'integer' | 'boolean' | 'array' | 'string';

/**
 * Reads a query by its schema: texts are converted to the documented types, and lists may be repeated or comma-separated. An unknown
 * or repeated parameter is an issue.
 */
export function readQuery<T extends z.ZodObject>(schema: T, query: ReadonlyMap<string, readonly string[]>) {
  const kinds = kindsOf(schema);
  const issues: Issue[] = [];
  const sent: [string, unknown][] = [];
  for (const [name, values] of query) {
    const kind = kinds.get(name);
    if (values.length > 1 && kind !== 'array')
      issues.push({ field: `?${name}`, rule: 'once', message: 'Send it once.' });
    sent.push([name, kind === 'array' ? values.flatMap((value) => value.split(',')) : convert(values[0] ?? '', kind)]);
  }
  const values = Object.fromEntries(sent);
  const read = schema.safeParse(values, { error: wordsOf });
  if (!read.success) issues.push(...readQueryIssues(read.error));
  return { values: read.data, issues };
}

const known = new WeakMap<z.ZodObject, ReadonlyMap<string, Kind>>();

/** The type of each parameter, from its JSON Schema. */
function kindsOf(schema: z.ZodObject): ReadonlyMap<string, Kind> {
  const found = known.get(schema);
  if (found) return found;
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  const kinds = new Map(
    Object.entries(properties).map(([name, member]): [string, Kind] => [
      name,
      typeof member === 'object' ? (member.type as Kind) : 'string',
    ]),
  );
  known.set(schema, kinds);
  return kinds;
}

function convert(text: string, kind: Kind | undefined): unknown {
  if (kind === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
