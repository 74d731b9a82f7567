import { remedyWithRule } from '#lib/clients/rules';
import { type Fault, type Issue, type RegistryError, retryAfter } from '#lib/kernel/errors';
import type { Code } from './members.ts';
import { wireName } from './wire.ts';

const documentation = 'https://api.onlyoffice.com/docspace/api-backend/get-started/basic-concepts';
const codes: readonly string[] = ['EmptyFieldError', 'ErrorName', 'ErrorWrongURL', 'ErrorPattern', 'ErrorInvalidScope'];
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Writes an RFC 7807 problem in this API's shape. A 429 has no body. */
export function writeFault({ status, detail, headers }: Fault, path: string) {
  if (status === 429) return { status, ...(headers && { headers }) };
  return {
    status,
    ...(headers && { headers }),
    contentType: 'application/problem+json',
    body: problem(status, detail, path),
  };
}

/** Writes a core error: every wrong field with its code. */
export function writeError(error: RegistryError, path: string) {
  const status = statusOf(error);
  const { field, message } = error;
  const issues = error.issues.length === 0 && field ? [{ field, rule: error.code, message }] : error.issues;
  const detail = issues.length > 0 ? 'Validation failed' : message;
  const errors = issues.length > 0 ? { errors: issues.map(writeIssue) } : {};
  return {
    status,
    ...retryAfter(error),
    contentType: 'application/problem+json',
    body: { ...problem(status, detail, path), ...errors },
  };
}

const problem = (status: number, detail: string, instance: string) => ({
  type: documentation,
  title: titles[status] ?? 'Error',
  status,
  detail,
  instance,
});

function statusOf({ code }: RegistryError): number {
  switch (code) {
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'not_found':
      return 404;
    case 'rate_limited':
      return 429;
    // This API documents no 409.
    case 'conflict':
    case 'limit_reached':
    case 'invalid_metadata':
    case 'invalid_redirect_uri':
      return 400;
  }
}

function writeIssue({ field, rule, message }: Issue) {
  const [name = '', at = ''] = field.split('.');
  const place = /^\d+$/.test(at) ? `Item ${Number(at) + 1}: ` : '';
  const code = codes.includes(rule) ? rule : codeOf(name);
  return { field: wireName(name) ?? name, code, message: place + remedyWithRule({ rule, message }) };
}

/** The code for a rule that this API does not define. */
function codeOf(field: string): Code {
  switch (field) {
    case 'name':
    case 'description':
      return 'ErrorName';
    case 'scopes':
      return 'ErrorInvalidScope';
    case 'clientUri':
    case 'tosUri':
    case 'policyUri':
    case 'redirectUris':
    case 'allowedOrigins':
    case 'postLogoutRedirectUris':
      return 'ErrorWrongURL';
    default:
      return 'ErrorPattern';
  }
}
