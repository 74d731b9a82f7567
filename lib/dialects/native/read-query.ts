import { z } from 'zod';
import type { Issue } from '#lib/errors';
import { readQueryIssues } from './read-issues.ts';
import { wordsOf } from './words.ts';

type Kind = 'integer' | 'boolean' | 'array' | 'string';

/**
 * A query by its schema: texts become what the schema documents, lists may be repeated or separated by commas, and a
 * parameter that is unknown or sent twice is an issue.
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

/** The type of each parameter, from the same document that describes it. */
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
