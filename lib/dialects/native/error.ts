import { z } from 'zod';
import { pathOfUnknown } from '#lib/clients/rules';
import { type Fault, type Issue, type RegistryError, retryAfter } from '#lib/kernel/errors';
import { pointerOf } from './fields.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const flaw = z
  .strictObject({
    in: z.enum(['body', 'query', 'header']),
    field: z.string().meta({ description: 'The member, parameter or header.', examples: ['redirect_uris'] }),
    pointer: z
      .string()
      .optional()
      .meta({ description: 'Where in the body (RFC 6901, as a fragment).', examples: ['#/redirect_uris/1'] }),
    rule: z.string().meta({ description: 'The rule that is broken; stable.', examples: ['R5'] }),
    message: z.string().meta({ description: 'What to do, for people.' }),
  })
  .meta({ id: 'Flaw' });

/** RFC 9457. Programs use `status` and the `rule` of each error; the texts are for people. */
export const problemWire = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(flaw).optional(),
  })
  .meta({
    id: 'Problem',
    description: 'A problem as RFC 9457 has it. `errors` names everything that is wrong at once.',
  });

type Problem = z.input<typeof problemWire>;
export function writeFault({ status, detail, headers }: Fault) {
  return { status, ...(headers && { headers }), ...answer(problem(status, detail)) };
}

/** Writes a core error. Its fields already have this API's names, because the route knows the noun. */
export function writeError(error: RegistryError) {
  const { field, message, code } = error;
  const issues = error.issues.length === 0 && field ? [{ field, rule: code, message }] : error.issues;
  const errors = issues.filter(({ severity }) => severity !== 'warning').map(writeIssue);
  const status = statusOf(error, errors);
  return {
    status,
    ...retryAfter(error),
    ...answer({ ...problem(status, message), ...(errors.length > 0 && { errors }) }),
  };
}

const problem = (status: number, detail: string): Problem => ({
  type: 'about:blank',
  title: titles[status] ?? 'Error',
  status,
  detail,
});

const answer = (body: Problem) => ({ contentType: 'application/problem+json', body });

function statusOf({ code }: RegistryError, errors: readonly { in: string }[]): number {
  switch (code) {
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'not_found':
      return 404;
    case 'rate_limited':
      return 429;
    case 'conflict':
    case 'limit_reached':
      return 409;
    case 'invalid_metadata':
    case 'invalid_redirect_uri':
      return errors.some((error) => error.in === 'query') ? 400 : 422;
  }
}

/** `?limit` is a query parameter, `@Idempotency-Key` a header, `redirect_uris.1` a member of the body. */
function writeIssue({ field, rule, message }: Issue) {
  if (field.startsWith('?'))
    return { in: 'query' as const, field: field.slice(1).replace(/\.\d+$/, ''), rule, message };
  if (field.startsWith('@')) return { in: 'header' as const, field: field.slice(1), rule, message };
  const parts = pathOfUnknown(field) ?? field.split('.');
  return { in: 'body' as const, field: parts[0] ?? field, pointer: pointerOf(parts), rule, message };
}
