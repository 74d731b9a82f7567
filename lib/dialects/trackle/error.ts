import { remedyWithRule } from '#lib/clients/rules';
import { type Fault, type Issue, type RegistryError, retryAfter } from '#lib/kernel/errors';
import { wireName } from './wire.ts';

/** Writes an error in this API's shape: a code in `error`, and the full message in `error_description` for programs that show it. */
export function writeFault({ status, detail, headers }: Fault) {
  return { status, ...(headers && { headers }), body: { ok: false, error: detail, error_description: detail } };
}

/** Writes a core error in this API's shape: every wrong field with this API's name. */
export function writeError(error: RegistryError) {
  const texts = error.issues.length > 0 ? error.issues.map(writeIssue) : [error.message];
  return {
    status: statusOf(error),
    ...retryAfter(error),
    body: {
      ok: false,
      error: error.code === 'unauthenticated' ? 'invalid_token' : texts[0],
      error_description: texts.join(' '),
    },
  };
}

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

function writeIssue(issue: Issue): string {
  const [name = ''] = issue.field.split('.');
  return `${wireName(name) ?? name}: ${remedyWithRule(issue)}`;
}
