export type ErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'invalid_metadata'
  | 'invalid_redirect_uri'
  | 'limit_reached'
  | 'rate_limited';

/** One broken rule. `field` is the domain's name (`redirectUris.1`), `rule` an id of the rule book or a short code, `message` the remedy. */
export type Issue = {
  field: string;
  rule: string;
  message: string;
  severity?: 'error' | 'warning';
  /** The value has the wrong type, so no other rule was checked on the field. */
  misread?: true;
  /** The field that the sender of an unknown member probably meant. */
  meant?: string;
};

/** An error reports no more issues than this: a body of a megabyte can break a rule in a hundred thousand places. */
const issuesMax = 100;

type Detail = { field?: string; issues?: readonly Issue[]; retryAfterSeconds?: number; cause?: unknown };

/** The only error that verbs throw on purpose. The caller sees `message`; `cause` is for the log. */
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
    this.issues = (detail.issues ?? []).slice(0, issuesMax);
    this.retryAfterSeconds = detail.retryAfterSeconds;
  }
}

/** Whether an error is a RegistryError. Node and Next each load their own class object, so `instanceof` is not enough. */
export function isRegistryError(error: unknown): error is RegistryError {
  return error instanceof Error && error.name === 'RegistryError';
}

/** The actor's role or credential does not allow the operation. */
export function forbidden(message: string): RegistryError {
  return new RegistryError('forbidden', message);
}

/** The error for a row that does not exist and for a row of another organization: the answers do not differ. */
export function notFound(what: string): RegistryError {
  return new RegistryError('not_found', `${what} not found`);
}

/** An error outside the core: its status and a text for the caller. Each API writes it in its own format. */
export type Fault = { status: number; detail: string; headers?: Record<string, string> | undefined };

/** The Retry-After header of an error, if it has a waiting time. */
export const retryAfter = ({ retryAfterSeconds: wait }: RegistryError): { headers?: { 'retry-after': string } } =>
  wait === undefined ? {} : { headers: { 'retry-after': String(wait) } };
