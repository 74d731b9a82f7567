import { remedyWithRule } from '#lib/clients/rules';
import { type Fault, type RegistryError, retryAfter } from '#lib/kernel/errors';

const codes: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'permission_denied',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  500: 'internal_error',
  503: 'service_unavailable',
};

/** Writes an error in this API's envelope. */
export function writeFault({ status, detail, headers }: Fault) {
  return { status, ...(headers && { headers }), body: envelope(codes[status] ?? 'error', detail) };
}

/** Writes a core error in this API's shape; `details` has the messages for each wrong field. */
export function writeError(error: RegistryError) {
  const { message, issues } = error;
  const status = statusOf(error);
  if (issues.length > 0) return { status, body: envelope('validation_error', 'Invalid input.', detailsOf(error)) };
  return {
    status,
    ...retryAfter(error),
    body: envelope(codes[status] ?? 'error', status === 404 ? 'Application not found' : message),
  };
}

const envelope = (code: string, message: string, details: object = {}) => ({ error: { code, message, details } });

function statusOf({ code }: RegistryError): number {
  switch (code) {
    case 'unauthenticated':
      return 401;
    case 'forbidden':
      return 403;
    case 'not_found':
      return 404;
    case 'conflict':
      return 409;
    case 'rate_limited':
      return 429;
    case 'limit_reached':
    case 'invalid_metadata':
    case 'invalid_redirect_uri':
      return 400;
  }
}

function detailsOf({ issues }: RegistryError): Record<string, string[]> {
  const fields = Map.groupBy(issues, ({ field }) => field.split('.')[0] ?? field);
  return Object.fromEntries([...fields].map(([field, wrong]) => [field, wrong.map(remedyWithRule)]));
}
