import type { Ref } from './openapi-requests.ts';
import type { Schema, SchemaOf } from './openapi-schemas.ts';
import type { Operation } from './operation.ts';

export type Answer =
  | Ref
  | { description: string; headers: Record<string, Ref>; content?: Record<string, { schema: Schema }> };

const meanings = {
  400: 'The query, a header or the JSON is malformed.',
  401: 'No credential, or one that is unknown, expired or revoked.',
  403: 'The token lacks a scope, or its person’s role does not allow it.',
  404: 'It is not there, or not yours.',
  409: 'It does not fit the present state.',
  412: 'Somebody changed it since it was read.',
  413: 'The body is too large.',
  415: 'The body has another content type.',
  422: 'The request breaks rules; all of them are named.',
  429: 'A budget is spent.',
  503: 'Not just now.',
} as const;

const header = (description: string, example: string) => ({
  description,
  schema: { type: 'string', examples: [example] },
});

export const sharedHeaders = {
  RateLimit: header('What is left of the budget (draft-ietf-httpapi-ratelimit-headers).', '"read";r=1199;t=60'),
  RateLimitPolicy: header('The budget.', '"read";q=1200;w=60'),
  RetryAfter: header('Seconds to wait.', '12'),
  ETag: header('The version that was answered.', '"3"'),
  Location: header('Where what was made can be read.', '/api/v1/clients/6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10'),
  IdempotencyReplayed: header('`true` when this is the answer of an earlier request with the same key.', 'true'),
};

const ref = (kind: 'headers' | 'responses' | 'schemas', name: string) => ({ $ref: `#/components/${kind}/${name}` });
const limits = { RateLimit: ref('headers', 'RateLimit'), 'RateLimit-Policy': ref('headers', 'RateLimitPolicy') };
const content = { 'application/problem+json': { schema: ref('schemas', 'Problem') } };
const waits: readonly string[] = ['429', '503'];

/** The problem responses by status, as components. */
export const problems = Object.fromEntries(
  Object.entries(meanings).map(([status, description]) => [
    `Problem${status}`,
    {
      description,
      headers: { ...limits, ...(waits.includes(status) && { 'Retry-After': ref('headers', 'RetryAfter') }) },
      content,
    },
  ]),
);

/** The responses of an operation, by status. */
export function answersOf(operation: Operation, schemaOf: SchemaOf): Record<string, Answer> {
  const { status, answer, idempotent, located, method } = operation;
  const etag = operation.etag || operation.open;
  const headers = {
    ...limits,
    ...(etag && { ETag: ref('headers', 'ETag') }),
    ...(located && { Location: ref('headers', 'Location') }),
    ...(idempotent && { 'Idempotency-Replayed': ref('headers', 'IdempotencyReplayed') }),
  };
  return {
    [status]: {
      description: answer ? 'Done.' : 'Done; there is nothing to say.',
      headers,
      ...(answer && { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }),
    },
    ...(etag && method === 'GET' && { 304: { description: 'The caller has it already.', headers } }),
    ...Object.fromEntries(refusalsOf(operation).map((code) => [code, ref('responses', `Problem${code}`)])),
  };
}

function refusalsOf({ path, access, body, media, conditional, idempotent, also = [] }: Operation): number[] {
  const all = [
    400,
    ...(access === 'anyone' ? [] : [401, 403]),
    ...(path.includes('{') ? [404] : []),
    ...(body || media === 'image' ? [413, 415, 422] : []),
    ...(conditional ? [412] : []),
    ...(idempotent ? [409] : []),
    ...also,
    429,
    503,
  ];
  return [...new Set(all)].sort((a, b) => a - b);
}
