export type ErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'invalid_metadata'
  | 'invalid_redirect_uri'
  | 'limit_reached'
  | 'rate_limited';

/** One broken rule: `field` is the domain's name (`redirectUris.1`), `rule` an id of the rule book or a short code, `message` says what to do. */
export type Issue = {
  field: string;
  rule: string;
  message: string;
  severity?: 'error' | 'warning';
  /** The value has not even its type, so nothing else can be said about the field. */
  misread?: true;
  /** The field that a member of another name was sent for. */
  meant?: string;
};

type Detail = { field?: string; issues?: readonly Issue[]; retryAfterSeconds?: number; cause?: unknown };

/** The one error that verbs throw. `message` is fit for the caller; `cause` is for the log. */
export class RegistryError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly issues: readonly Issue[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, detail: Detail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'RegistryError';
    this.code = code;
    this.field = detail.field ?? detail.issues?.[0]?.field;
    this.issues = detail.issues ?? [];
    this.retryAfterSeconds = detail.retryAfterSeconds;
  }
}

/** True for a RegistryError of either module graph (the server's and Next's each have their own class object). */
export function isRegistryError(error: unknown): error is RegistryError {
  return error instanceof Error && error.name === 'RegistryError';
}

/** The role, or the credential, does not reach as far as this. */
export function forbidden(message: string): RegistryError {
  return new RegistryError('forbidden', message);
}

/** Not yours and not there are one answer (house rule: same body, same status). */
export function notFound(what: string): RegistryError {
  return new RegistryError('not_found', `${what} not found`);
}
