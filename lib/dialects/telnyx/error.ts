import { remedyWithRule } from '#lib/clients/rules';
import { type Fault, type Issue, type RegistryError, retryAfter } from '#lib/kernel/errors';
import { wireNameOf } from './wire.ts';

const codes: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'request_too_large',
  415: 'unsupported_media_type',
  422: 'validation_error',
  429: 'rate_limited',
  503: 'service_unavailable',
};

/** Writes an error in this API's shape: a code and a sentence. */
export function writeFault({ status, detail, headers }: Fault) {
  return {
    status,
    ...(headers && { headers }),
    body: { error: codes[status] ?? 'server_error', error_description: detail },
  };
}

/** Writes a core error in this API's shape; the sentence names every wrong field. */
export function writeError(error: RegistryError) {
  const status = statusOf(error);
  const { field, message } = error;
  const issues = error.issues.length === 0 && field ? [{ field, rule: error.code, message }] : error.issues;
  return writeFault({
    status,
    detail: issues.length > 0 ? issues.map(sentenceOf).join(' ') : message,
    headers: {
      ...retryAfter(error).headers,
      // Without this, its client library would retry the request, even a creation.
      ...(status === 409 && { 'x-should-retry': 'false' }),
    },
  });
}

function statusOf({ code, issues }: RegistryError): number {
  switch (code) {
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'not_found':
      return 404;
    case 'conflict':
    case 'limit_reached':
      return 409;
    case 'rate_limited':
      return 429;
    case 'invalid_metadata':
    case 'invalid_redirect_uri':
      return issues.length > 0 && issues.every(({ rule }) => rule === 'query') ? 400 : 422;
  }
}

const sentenceOf = (issue: Issue) => `${wireNameOf(issue.field)}: ${remedyWithRule(issue)}`;
