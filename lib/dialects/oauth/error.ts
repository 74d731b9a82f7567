import { type Fault, type RegistryError, retryAfter } from '#lib/kernel/errors';

const codes: Readonly<Record<number, string>> = {
  401: 'invalid_client',
  403: 'insufficient_scope',
  404: 'not_found',
  429: 'too_many_requests',
  500: 'server_error',
  503: 'temporarily_unavailable',
};

/** Writes an error of RFC 6749 §5.2: a code and a sentence. */
export function writeFault({ status, detail, headers }: Fault) {
  return {
    status,
    ...(headers && { headers }),
    body: writeRefusal({ error: codes[status] ?? 'invalid_request', error_description: detail }),
  };
}

const lengthMax = 500;

/** Limits `error_description` to the characters of RFC 6749 §5.2 and to a readable length. */
export function writeRefusal(body: object): object {
  const texts = Object.entries(body).map(([name, value]) =>
    typeof value === 'string' ? [name, sayable(value)] : [name, value],
  );
  return Object.fromEntries(texts);
}

const sayable = (text: string) =>
  text
    .slice(0, lengthMax)
    .replace(/["“”‘’]/g, "'")
    .replace(/[^\x20-\x5b\x5d-\x7e]/g, '?');

/** Writes a core error in this shape. */
export const writeError = (error: RegistryError) =>
  writeFault({ status: statuses[error.code] ?? 400, detail: error.message, ...retryAfter(error) });

const statuses: Partial<Record<RegistryError['code'], number>> = {
  unauthenticated: 401,
  forbidden: 403,
  rate_limited: 429,
};
