import type { Operation, Operations } from '#lib/dialects/native/index';
import { answerOnce } from '#lib/idempotency/index';
import { isRegistryError } from '#lib/kernel/errors';
import type { Call, Route } from '../api.ts';
import { fault } from '../problems.ts';
import { admit } from './caller.ts';
import type { Handlers } from './handler.ts';
import { isUnchanged, readBodyOf, readParams, readQueryOf, withWireNames } from './read.ts';

type Answer = { body: unknown; headers?: Record<string, string> };
/** Any handler. The compiler cannot know here that the input was read by the handler's own operation. */
type AnyHandler = (input: never) => Promise<Answer>;

/** The routes of a table of operations. The compiler requires a handler for each operation and an operation for each handler. */
export function routesOf<Os extends Operations>(operations: Os, handlers: Handlers<Os>): Route[] {
  return Object.entries(operations).map(([name, operation]) => ({
    method: operation.method,
    path: operation.path.replace(/\{(\w+)\}/g, ':$1'),
    answer: (call) => serve(call, operation, handlers[name] as AnyHandler),
    ...(operation.open && { open: true }),
  }));
}

async function serve(call: Call, operation: Operation, handle: AnyHandler): Promise<Response> {
  const caller = await admit(call, operation.access);
  const params = readParams(call);
  const query = readQueryOf(call, operation);
  const { body, issues: misread } = await readBodyOf(call, operation);
  const run = (ctx: typeof caller.ctx) => handle({ ...caller, ctx, call, params, query, body, misread } as never);
  try {
    const key = operation.idempotent ? call.req.header('idempotency-key') : undefined;
    if (key === undefined) return send(call, operation, await run(caller.ctx));
    const asked = JSON.stringify([operation.method, new URL(call.req.url).pathname, withSortedKeys(body)]);
    const once = await answerOnce(caller.ctx, { key: readKey(key), asked }, async (ctx) => ({
      answer: JSON.stringify(await run(ctx as typeof caller.ctx)),
      holdsSecret: operation.secret ?? false,
    }));
    if (once.replayed) call.header('idempotency-replayed', 'true');
    return send(call, operation, JSON.parse(once.answer) as Answer);
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    if (error.code === 'conflict' && error.field === 'version')
      throw fault(412, 'It was changed since you read it. Read it again.');
    throw withWireNames(error, operation);
  }
}

function send(call: Call, { status }: Operation, { body, headers = {} }: Answer): Response {
  for (const [name, value] of Object.entries(headers)) call.header(name, value);
  if (isUnchanged(call, headers.etag)) return call.body(null, 304);
  return status === 204 ? call.body(null, 204) : call.json(body as object, status);
}

function readKey(key: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw fault(400, 'Idempotency-Key takes 1 to 255 visible ASCII characters.');
}

/** Sorts the members of all objects, so that two bodies with another order of members have the same text. */
function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, withSortedKeys(inner)]);
}
