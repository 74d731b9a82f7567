import {
  type Operation,
  type ReadBody,
  readBody,
  readClientBody,
  readQuery,
  wirePath,
} from '#lib/dialects/native/index';
import { notFound, RegistryError } from '#lib/kernel/errors';
import { hasUnstorableText } from '#lib/kernel/values';
import { logoBytesMax } from '#lib/logos/rules';
import type { Call } from '../api.ts';
import { readBytesOf, readJsonObject } from '../body.ts';
import { fault } from '../problems.ts';

/** The parameters of the path. @throws not_found: a parameter has a character that PostgreSQL cannot store, so no row has it */
export function readParams(call: Call): Record<string, string> {
  const params = call.req.param();
  if (hasUnstorableText(params)) throw notFound('Resource');
  return params;
}

/** The query, read by the operation's schema. @throws invalid_metadata: with every issue of the query */
export function readQueryOf(call: Call, { query }: Operation): unknown {
  const sent = Map.groupBy(new URL(call.req.url).searchParams, ([name]) => name);
  const values = new Map([...sent].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]));
  const unstorable = [...values].filter((entry) => hasUnstorableText(entry)).map(([name]) => name);
  if (unstorable.length > 0)
    refuse(unstorable.map((name) => ({ field: `?${name}`, rule: 'text', message: 'Remove the character U+0000.' })));
  if (!query) return undefined;
  const read = readQuery(query, values);
  refuse(read.issues);
  return read.values;
}

/**
 * The body, read by the operation's schema, or the bytes of an image. For a client it also returns the issues of unreadable members, so that
 * the verb can throw them together with the broken rules. @throws invalid_metadata: with every issue of any other body
 */
export async function readBodyOf(call: Call, operation: Operation): Promise<ReadBody> {
  const { body: schema, media, bodyOptional, naming } = operation;
  if (media === 'image') return { body: await readBytesOf(call, /^image\//, logoBytesMax), issues: [] };
  if (!schema) return { body: undefined, issues: [] };
  const sent = bodyOptional && isEmpty(call) ? {} : await readJsonObject(call);
  if (naming === 'client') return readClientBody(schema, sent);
  const read = readBody(schema, sent);
  refuse(read.issues);
  return read;
}

const isEmpty = (call: Call) =>
  call.req.header('content-type') === undefined &&
  call.req.header('transfer-encoding') === undefined &&
  (call.req.header('content-length') ?? '0') === '0';

function refuse(issues: readonly { field: string; rule: string; message: string }[]): void {
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', detailOf(issues), { issues });
}

const detailOf = (issues: readonly { field: string; message: string }[]) =>
  issues.length === 1 && issues[0]
    ? `${issues[0].field.replace(/^(?:[?@]|#\/)/, '')}: ${issues[0].message}`
    : `${issues.length} things are wrong with the request.`;

/** The same error with its fields in this API's names. */
export function withWireNames(error: RegistryError, { naming = 'plain' }: Operation): RegistryError {
  const { code, message, retryAfterSeconds, field } = error;
  const issues = error.issues.map((issue) => ({ ...issue, field: wirePath(issue.field, naming) }));
  return new RegistryError(code, message, {
    issues,
    ...(field !== undefined && { field: wirePath(field, naming) }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** RFC 9110 §13.1.2: whether the caller's If-None-Match contains the ETag. */
export function isUnchanged(call: Call, etag: string | undefined): boolean {
  const { method } = call.req;
  const known = call.req.header('if-none-match');
  if (etag === undefined || known === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
  return tagsOf(known).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/**
 * RFC 9110 §13.1.1: the version in the caller's If-Match; no version if any version may be changed. If the header has several versions, the
 * current one counts: only then is `findCurrent` called. @throws 412: the header has no version
 */
export async function readIfMatch(call: Call, findCurrent: () => Promise<number>): Promise<{ version?: number }> {
  const header = call.req.header('if-match');
  if (header === undefined) return {};
  const tags = tagsOf(header);
  if (tags.includes('*')) return {};
  const versions = tags.flatMap((tag) => /^"(\d{1,9})(?:\.[0-9a-z]+){0,2}"$/.exec(tag)?.[1] ?? []).map(Number);
  const [version] = versions;
  if (version === undefined) throw fault(412, 'If-Match names no version. Send the ETag as you read it.');
  if (versions.length === 1) return { version };
  const current = await findCurrent();
  return { version: versions.includes(current) ? current : version };
}

const tagsOf = (header: string) => header.split(',').map((tag) => tag.trim());
